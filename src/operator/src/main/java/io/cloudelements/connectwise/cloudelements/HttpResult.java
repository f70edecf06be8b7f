package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.RemoteFailure;

/** How a request ended. */
public sealed interface HttpResult {

  /** With the head of an answer at least. */
  record Answered(Response response) implements HttpResult {}

  /** Without an answer. */
  record Broken(RemoteFailure failure) implements HttpResult {}
}
