package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A service that gives one answer to one kind of call, and may be asked nothing else. */
final class OneAnswer implements InstancesApi {
  private final Class<?> expected;
  private final Supplier<?> answer;
  private final List<InstanceCall<?>> calls = new ArrayList<>();

  private OneAnswer(Class<?> expected, Supplier<?> answer) {
    this.expected = expected;
    this.answer = answer;
  }

  /**
   * @param answer may throw
   */
  static OneAnswer to(Class<? extends InstanceCall<?>> expected, Supplier<?> answer) {
    return new OneAnswer(expected, answer);
  }

  /** One that may be asked nothing at all. */
  static OneAnswer toNothing() {
    return new OneAnswer(Void.class, List::of);
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    calls.add(call);
    assertThat(call).as("asks the service").isInstanceOf(expected);
    return call.answerType().cast(answer.get());
  }

  /** What it was asked; a test may clear it. */
  List<InstanceCall<?>> calls() {
    return calls;
  }
}
