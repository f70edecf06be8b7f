package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;

/** A port to the service that answers as a variant has it. */
record ForwardingInstances(InstancesApi inner, Answers answers) implements InstancesApi {

  /** What calls are answered with. */
  @FunctionalInterface
  interface Answers {
    /** The answer to a call, of its answer type. */
    Object to(AccountAccess access, InstanceCall<?> call);
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return call.answerType().cast(answers.to(access, call));
  }
}
