package io.cloudelements.connectwise.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Keys of attributes: OpenTelemetry's semantic conventions, and the operator's own. */
final class Attributes {
  static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("k8s.namespace.name");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("url.template");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> NAME = AttributeKey.stringKey("connectwise.resource.name");
  static final AttributeKey<String> UID = AttributeKey.stringKey("connectwise.resource.uid");
  static final AttributeKey<Long> GENERATION =
      AttributeKey.longKey("connectwise.resource.generation");
  static final AttributeKey<String> REASON = AttributeKey.stringKey("connectwise.pass.reason");
  static final AttributeKey<String> STEP = AttributeKey.stringKey("connectwise.step");
  static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("connectwise.account");
  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("connectwise.request_id");

  private Attributes() {}
}
