package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one thing that stands between a resource and its being ready.
 *
 * @param reason of the condition; one of {@link #NOT_SERVED}, {@link #NOT_OBSERVED} and {@link
 *     #CONSUMER_WAITS} where no condition says it
 * @param link the link that it breaks
 * @param waits whether the operator goes on by itself
 * @param meaning what is the case, of any resource
 * @param message of the condition, whole
 * @param remedy what is left for a person
 * @param command what mends it, or shows what has to be mended; … stands for what only a person
 *     knows
 */
public record BlockingCause(
    String reason,
    ChainPart link,
    boolean waits,
    String meaning,
    String message,
    String remedy,
    String command) {
  /** No operator has written the resource's status. */
  public static final String NOT_SERVED = "NotServed";

  /** The status is about an older generation of the spec. */
  public static final String NOT_OBSERVED = "NotObserved";

  /** The resource is ready, and a pod that uses its Secret cannot start. */
  public static final String CONSUMER_WAITS = "ConsumerWaits";

  private static final String OPERATOR_PODS =
      "kubectl get pods -A -l app.kubernetes.io/name=connectwise-operator";

  /** What the account object's own status says more about. */
  private static final Set<Reason> OF_ACCOUNT =
      EnumSet.of(
          Reason.WAITING_FOR_ACCOUNT,
          Reason.ACCOUNT_NOT_READY,
          Reason.ACCOUNT_NOT_USABLE,
          Reason.NOT_PERMITTED,
          Reason.QUOTA_REACHED,
          Reason.SUSPENDED,
          Reason.ACCOUNT_REJECTED,
          Reason.ACCESS_DENIED);

  /** What a Secret that opens the account mends: its owner's, where there is an account object. */
  private static final Set<Reason> OF_ITS_SECRET =
      EnumSet.of(Reason.ACCOUNT_REJECTED, Reason.ACCESS_DENIED, Reason.ACCOUNT_CHANGED);

  private static final String SHOWS_ACCOUNT = "kubectl -n OWNER describe cea ACCOUNT";

  static Optional<BlockingCause> of(WhyFacts facts) {
    StatusView status = new StatusView(facts.resource());
    Optional<Condition> decisive = status.decisive();
    if (decisive.isEmpty()) {
      return Optional.of(notServed());
    }
    if (!status.isCurrent()) {
      return Optional.of(notObserved(status));
    }
    Condition condition = decisive.get();
    return reason(condition.getReason(), status.isReady(), facts.deleting())
        .map(reason -> of(reason, condition.getMessage(), facts))
        .orElseGet(() -> Optional.of(unknown(condition, facts)));
  }

  private static Optional<BlockingCause> of(Reason reason, String message, WhyFacts facts) {
    if (reason.kind() == Reason.Kind.READY) {
      return consumer(facts);
    }
    Optional<BlockingCause> account =
        facts
            .visibleAccount()
            .filter(_ -> OF_ACCOUNT.contains(reason) && !facts.spec().suspended())
            .map(known -> ofAccount(reason, message, known));
    return account.or(() -> Optional.of(ofResource(reason, message, facts)));
  }

  private static BlockingCause ofResource(Reason reason, String message, WhyFacts facts) {
    ReasonText text = ReasonText.of(decisive(reason, facts));
    boolean waits =
        reason.kind() == Reason.Kind.DELETING
            || (reason.kind() == Reason.Kind.PROGRESSING && decisive(reason, facts) == reason);
    boolean ownersSecret = OF_ITS_SECRET.contains(reason) && facts.spec().accountRef().isPresent();
    String command = ownersSecret ? SHOWS_ACCOUNT : text.command();
    return new BlockingCause(
        reason.label(),
        text.link(),
        waits,
        text.meaning(),
        message,
        text.remedy(),
        CommandWords.ofResource(facts, text.link(), message).fill(command));
  }

  /** A wait for something that is not there becomes that, unless it comes. */
  private static Reason decisive(Reason reason, WhyFacts facts) {
    return switch (reason) {
      case WAITING_FOR_SECRET ->
          Stream.of(facts.credentials(), facts.accountSecret())
              .flatMap(secret -> problem(secret).stream())
              .findFirst()
              .orElse(reason);
      case WAITING_FOR_ACCOUNT -> Reason.ACCOUNT_NOT_USABLE;
      default -> reason;
    };
  }

  private static Optional<Reason> problem(Sight<SecretKeys> secret) {
    return switch (secret) {
      case Sight.Missing<SecretKeys> _ -> Optional.of(Reason.SECRET_NOT_FOUND);
      case Sight.Visible<SecretKeys>(SecretKeys keys) -> keys.problem().map(Outcome::reason);
      case Sight.Forbidden<SecretKeys> _ -> Optional.empty();
    };
  }

  /** The account's own status says why, to the one who may read it. */
  private static BlockingCause ofAccount(
      Reason reason, String message, CloudElementsAccount account) {
    CommandWords words = CommandWords.ofAccount(account);
    Optional<Condition> trouble =
        AccountFacts.of(account)
            .ready()
            .filter(ready -> !AccountReason.VERIFIED.label().equals(ready.getReason()));
    Reason row =
        trouble
            .flatMap(ready -> Reason.ofLabel(ready.getReason()))
            .orElse(
                trouble.isPresent()
                    ? Reason.ACCOUNT_NOT_READY
                    : reason == Reason.WAITING_FOR_ACCOUNT ? Reason.ACCOUNT_NOT_USABLE : reason);
    ReasonText text = ReasonText.of(row);
    return new BlockingCause(
        trouble.map(Condition::getReason).orElse(reason.label()),
        ChainPart.ACCOUNT,
        false,
        text.meaning(),
        trouble
            .map(ready ->
                "CloudElementsAccount "
                    + AccountTerms.id(account)
                    + " is not ready: "
                    + ready.getMessage())
            .orElse(message),
        text.remedy(),
        words.fill(text.command()));
  }

  /** Reasons that share a label are told apart by what else the resource shows. */
  private static Optional<Reason> reason(String label, boolean ready, boolean deleting) {
    List<Reason> candidates =
        Arrays.stream(Reason.values()).filter(reason -> reason.label().equals(label)).toList();
    return candidates.stream()
        .filter(reason -> deleting == (reason.kind() == Reason.Kind.DELETION_BLOCKED))
        .filter(reason -> ready == (reason.kind().ready() == Reason.ConditionStatus.TRUE))
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  private static BlockingCause notServed() {
    return new BlockingCause(
        NOT_SERVED,
        ChainPart.ADMISSION,
        false,
        "No operator has looked at the resource yet.",
        "The resource has no status: no operator serves it, or none has come to it yet.",
        "See whether the operator runs, and whether WATCH_NAMESPACES or WATCH_LABEL_SELECTOR leave"
            + " the resource out.",
        OPERATOR_PODS);
  }

  private static BlockingCause notObserved(StatusView status) {
    return new BlockingCause(
        NOT_OBSERVED,
        ChainPart.ADMISSION,
        true,
        "The operator has not come to the last change of the spec yet.",
        "The status is about generation "
            + status.observed()
            + " of the spec, which is at generation "
            + status.generation()
            + ".",
        "Wait a moment; if it stays, see whether the operator runs.",
        OPERATOR_PODS);
  }

  private static BlockingCause unknown(Condition condition, WhyFacts facts) {
    return new BlockingCause(
        condition.getReason(),
        ChainPart.INSTANCE,
        false,
        "The operator is of another version than this command, which does not know the reason.",
        condition.getMessage(),
        "Do as the message says, or use the command line of the operator's version.",
        CommandWords.ofResource(facts, ChainPart.INSTANCE, condition.getMessage())
            .fill("kubectl -n NAMESPACE describe KIND NAME"));
  }

  private static Optional<BlockingCause> consumer(WhyFacts facts) {
    return facts.consumers().visible().stream()
        .flatMap(List::stream)
        .filter(use -> use.waiting().isPresent())
        .findFirst()
        .map(use ->
            new BlockingCause(
                CONSUMER_WAITS,
                ChainPart.CONSUMERS,
                false,
                "A pod that uses the Secret cannot start.",
                use.workload() + " cannot start: " + use.waiting().orElseThrow(),
                "Correct the key that the workload refers to, or add it to"
                    + " spec.tokenSecret.template.",
                CommandWords.ofResource(facts, ChainPart.CONSUMERS, "")
                    .fill("kubectl -n NAMESPACE get secret TOKEN -o yaml")));
  }
}
