package io.cloudelements.connectwise.status;

import io.cloudelements.connectwise.api.v1.AdoptionStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The status as the core reads it. */
public final class StatusReader {
  private StatusReader() {}

  /** What the status records; an absent or emptied status is {@linkplain Recorded#blank blank}. */
  public static Recorded recorded(Optional<ConnectWiseInstanceStatus> status, long generation) {
    return status
        .filter(s -> s.observedGeneration() != null)
        .map(s -> read(s, generation))
        .orElse(Recorded.NOTHING);
  }

  private static Recorded read(ConnectWiseInstanceStatus status, long generation) {
    List<Long> duplicates = status.duplicates();
    return new Recorded(
        false,
        Optional.ofNullable(status.instanceId()),
        Optional.ofNullable(status.elementKey()),
        Optional.ofNullable(status.account()),
        Optional.ofNullable(status.configurationHash()),
        Optional.ofNullable(status.valid()),
        Optional.ofNullable(status.disabled()),
        Optional.ofNullable(status.provisioning()).map(StatusReader::intent),
        Optional.ofNullable(status.adoption()).map(StatusReader::adoption),
        duplicates == null ? new TreeSet<>() : new TreeSet<>(duplicates),
        Optional.ofNullable(status.tokenSecretRef()).map(SecretReference::name),
        Optional.ofNullable(status.recreatedAt()).flatMap(StatusReader::instant),
        Optional.ofNullable(status.lastHandledTakeOver()),
        Optional.ofNullable(status.observedGeneration())
            .filter(observed -> observed == generation)
            .flatMap(_ -> reason(status)));
  }

  /** Why the last pass ended as it did. */
  public static Optional<Reason> reason(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.SYNCED)
        .map(Condition::getReason)
        .flatMap(Reason::ofLabel);
  }

  /** Whether the status says that the instance can be used. */
  public static boolean isReady(ConnectWiseInstanceStatus status) {
    return condition(status, ConditionType.READY)
        .filter(ready -> "True".equals(ready.getStatus()))
        .isPresent();
  }

  static Optional<Condition> condition(ConnectWiseInstanceStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> type.label().equals(condition.getType()))
        .findFirst();
  }

  private static Intent intent(Provisioning provisioning) {
    return new Intent(Math.max(1, provisioning.attempt()), startedAt(provisioning.startedAt()));
  }

  private static Adoption adoption(AdoptionStatus adoption) {
    return adoption.startedAt() == null
        ? new Adoption.Settled(adoption.instanceId())
        : new Adoption.Open(
            adoption.instanceId(),
            startedAt(adoption.startedAt()),
            Optional.ofNullable(adoption.foundTags()).map(Set::copyOf));
  }

  private static Instant startedAt(String text) {
    // A date that cannot be read is like one from a clock that was ahead: it is set anew.
    return instant(text).orElse(Instant.MAX);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
