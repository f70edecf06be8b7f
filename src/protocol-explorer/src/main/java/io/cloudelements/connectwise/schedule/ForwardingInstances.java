package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;

/** A port to the service that answers as a variant has it. */
record ForwardingInstances(InstancesApi inner, Answers answers) implements InstancesApi {

  /** What calls are answered with. */
  @FunctionalInterface
  interface Answers {
    /** The answer to a call, of its answer type. */
    Object to(AccountAccess access, InstanceCall<?> call);
  }

  /** What comes of an answer. */
  @FunctionalInterface
  interface Afterthought {
    /** The answer to a call, of its answer type. */
    Object to(AccountAccess access, InstanceCall<?> call, Object answer);
  }

  /** What comes of a failure. */
  @FunctionalInterface
  interface Handler {
    /**
     * The answer to a call, of its answer type.
     *
     * @throws InstancesApiException this one, or another
     */
    Object to(AccountAccess access, InstanceCall<?> call, InstancesApiException failure);
  }

  /** Calls as before, and then does something about the answer. */
  static ForwardingInstances afterAnswers(InstancesApi inner, Afterthought then) {
    return new ForwardingInstances(
        inner, (access, call) -> then.to(access, call, inner.call(access, call)));
  }

  /** Calls as before, and then does something about a failure. */
  static ForwardingInstances afterFailures(InstancesApi inner, Handler then) {
    return new ForwardingInstances(
        inner,
        (access, call) -> {
          try {
            return inner.call(access, call);
          } catch (InstancesApiException e) {
            return then.to(access, call, e);
          }
        });
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return call.answerType().cast(answers.to(access, call));
  }
}
