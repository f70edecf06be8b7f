package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A reason that the conditions of a resource or of an account object can carry.
 *
 * @param kind of the object
 * @param label as the condition has it; reasons of both kinds may share one
 */
public record ExplainedReason(String kind, String label, ReasonText text) {
  /** All of them, those of resources first. */
  public static List<ExplainedReason> all() {
    return Stream.concat(
            Arrays.stream(Reason.values()).map(ExplainedReason::of),
            Arrays.stream(AccountReason.values()).map(ExplainedReason::of))
        .toList();
  }

  private static ExplainedReason of(Reason reason) {
    return new ExplainedReason(
        HasMetadata.getKind(ConnectWiseInstance.class), reason.label(), ReasonText.of(reason));
  }

  private static ExplainedReason of(AccountReason reason) {
    return new ExplainedReason(
        HasMetadata.getKind(CloudElementsAccount.class), reason.label(), ReasonText.of(reason));
  }
}
