package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Priority;
import java.util.function.Supplier;

/** A port to the service that answers as a variant has it, and forwards turns. */
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

  @Override
  public <T> T inTurn(
      AccountAccess access, Priority priority, Runnable delayed, Supplier<T> calls) {
    return inner.inTurn(access, priority, delayed, calls);
  }
}
