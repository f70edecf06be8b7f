package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of the resources that refer to an account use it: those that may, and those that have an
 * instance in it from when they might. Others neither count nor hold its deletion up, nor does a
 * resource with which the operator is done. A status without the operator's finalizer is not its
 * own: nothing is made before that is there.
 */
public final class AccountUsers {
  private static final int EXAMPLES = 3;

  private AccountUsers() {}

  /**
   * @param referring all that name it
   * @param labels of a namespace; empty where namespaces cannot be read
   */
  public static List<ConnectWiseInstance> of(
      CloudElementsAccount account,
      Collection<ConnectWiseInstance> referring,
      Function<String, Optional<Map<String, String>>> labels) {
    AccountTerms terms = AccountTerms.of(account);
    Optional<String> fingerprint = AccountFacts.of(account).fingerprint();
    return referring.stream()
        .filter(resource -> !ReconcileInput.isReleased(resource))
        .filter(resource ->
            hasInstanceIn(fingerprint, resource)
                || !(Consent.to(AccountObjectAccess.of(resource), terms, fingerprint, labels)
                    instanceof Consent.Withheld))
        .toList();
  }

  private static boolean hasInstanceIn(Optional<String> fingerprint, ConnectWiseInstance resource) {
    return ReconcileInput.isHeld(resource)
        && fingerprint.isPresent()
        && fingerprint.equals(StatusReader.account(resource))
        && StatusReader.recorded(resource).mayHaveInstance();
  }

  /** How many they are. */
  public static AccountUse counted(List<ConnectWiseInstance> users) {
    int ready = (int) users.stream().filter(AccountUsers::isReady).count();
    int stalled =
        (int)
            users.stream()
                .flatMap(user -> StatusReader.status(user).stream())
                .filter(StatusReader::isStalled)
                .count();
    return new AccountUse(
        new InstanceCounts(users.size(), ready, stalled),
        (int) users.stream().map(user -> user.getMetadata().getNamespace()).distinct().count(),
        users.stream()
            .map(SpecDefaults::id)
            .sorted(Comparator.comparing(ResourceId::toString))
            .limit(EXAMPLES)
            .toList(),
        waiting(users));
  }

  /**
   * Once one is held: when the deletions were asked for that wait with it, those included that are
   * not judged yet. A confirmation then names all that it lets go.
   */
  private static List<Instant> waiting(List<ConnectWiseInstance> users) {
    boolean held = users.stream().anyMatch(user -> StatusReader.recorded(user).deletionHeld());
    return users.stream()
        .filter(_ -> held)
        .filter(DeletionGuard::losesInstance)
        .flatMap(user -> DeletionGuard.asked(user).stream())
        .toList();
  }

  private static boolean isReady(ConnectWiseInstance user) {
    return StatusReader.status(user).filter(StatusReader::isReady).isPresent();
  }
}
