package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
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
    LinkName link,
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
    return Reason.of(condition.getReason(), status.isReady(), facts.deleting())
        .map(reason -> of(reason, condition.getMessage(), facts))
        .orElseGet(() -> Optional.of(unknown(condition, facts)));
  }

  private static Optional<BlockingCause> of(Reason reason, String message, WhyFacts facts) {
    if (reason.kind() == Reason.Kind.READY) {
      return consumer(facts);
    }
    return AccountCause.of(reason, message, facts)
        .or(() -> Optional.of(ofResource(reason, message, facts)));
  }

  private static BlockingCause ofResource(Reason reason, String message, WhyFacts facts) {
    Reason decisive = decisive(reason, facts);
    ReasonText text = ReasonText.of(decisive);
    boolean waits =
        reason.kind() == Reason.Kind.DELETING
            || (reason.kind() == Reason.Kind.PROGRESSING && decisive == reason);
    return new BlockingCause(
        reason.label(),
        text.link(),
        waits,
        text.meaning(),
        message,
        text.remedy(),
        CommandWords.ofResource(facts, text.link(), message).fill(text.command()));
  }

  /** A wait for something that is not there becomes that, unless it comes. */
  private static Reason decisive(Reason reason, WhyFacts facts) {
    return switch (reason) {
      case WAITING_FOR_SECRET ->
          Stream.of(facts.credentials(), facts.accountSecret())
              .flatMap(secret -> problem(secret).stream())
              .findFirst()
              .orElse(reason);
      case WAITING_FOR_ACCOUNT ->
          facts.account().filter(seen -> seen instanceof Sight.Missing).isPresent()
              ? Reason.ACCOUNT_NOT_USABLE
              : reason;
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

  private static BlockingCause notServed() {
    return new BlockingCause(
        NOT_SERVED,
        LinkName.ADMISSION,
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
        LinkName.ADMISSION,
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
        LinkName.INSTANCE,
        false,
        "The operator is of another version than this command, which does not know the reason.",
        condition.getMessage(),
        "Do as the message says, or use the command line of the operator's version.",
        CommandWords.ofResource(facts, LinkName.INSTANCE, condition.getMessage())
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
                LinkName.CONSUMERS,
                false,
                "A pod that uses the Secret cannot start.",
                use.workload() + " cannot start: " + use.waiting().orElseThrow(),
                "Correct the key that the workload refers to, or add it to"
                    + " spec.tokenSecret.template.",
                CommandWords.ofResource(facts, LinkName.CONSUMERS, "")
                    .fill("kubectl -n NAMESPACE get secret TOKEN -o yaml")));
  }
}
