package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import java.util.List;
import java.util.Map;

/** A spec in the making, as a user writes YAML; what stays null is not written. */
final class SpecDraft {
  String hub = "helpdesk";
  String element;
  String name;
  List<String> tags;
  String credentials = "acme-connectwise";
  AccountReference account;
  Map<String, String> configuration;
  Boolean enabled;
  Long adoptInstanceId;
  String tokenSecret;
  Map<String, String> template;
  String deletionPolicy;
  Boolean suspend;
  String managementPolicy;

  static SpecDraft of(ConnectWiseInstanceSpec spec) {
    SpecDraft draft = new SpecDraft();
    draft.hub = spec.hub();
    draft.element = spec.element();
    draft.name = spec.name();
    draft.tags = spec.tags();
    draft.credentials = spec.credentialsSecretRef().name();
    draft.account = spec.accountRef();
    draft.configuration = spec.configuration();
    draft.enabled = spec.enabled();
    draft.adoptInstanceId = spec.adoptInstanceId();
    draft.tokenSecret = spec.tokenSecret() == null ? null : spec.tokenSecret().name();
    draft.template = spec.tokenSecret() == null ? null : spec.tokenSecret().template();
    draft.deletionPolicy = spec.deletionPolicy();
    draft.suspend = spec.suspend();
    draft.managementPolicy = spec.managementPolicy();
    return draft;
  }

  ConnectWiseInstanceSpec finish() {
    return new ConnectWiseInstanceSpec(
        hub,
        element,
        name,
        tags,
        new CredentialsReference(credentials),
        null,
        account,
        null,
        null,
        configuration,
        enabled,
        adoptInstanceId,
        tokenSecret == null && template == null
            ? null
            : new TokenSecret(tokenSecret, null, null, template),
        deletionPolicy,
        null,
        suspend,
        managementPolicy);
  }
}
