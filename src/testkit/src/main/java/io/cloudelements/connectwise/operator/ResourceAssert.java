package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** What the status of a resource says. */
public final class ResourceAssert extends AbstractAssert<ResourceAssert, ConnectWiseInstance> {
  private ResourceAssert(ConnectWiseInstance actual) {
    super(actual, ResourceAssert.class);
  }

  public static ResourceAssert assertThat(ConnectWiseInstance actual) {
    return new ResourceAssert(actual);
  }

  /** Usable, by the last word on this generation, with nothing under way nor in the way. */
  public ResourceAssert isReady() {
    condition("Ready").isTrue().observes(generation());
    condition("Synced").isTrue().observes(generation());
    return has("observedGeneration", status().observedGeneration(), generation())
        .hasNo("Reconciling")
        .hasNo("Stalled");
  }

  /** Ready with this instance and no other, and with nothing under way. */
  public ResourceAssert isServedBy(long id) {
    condition("Ready").isTrue();
    return hasInstance(id)
        .has("provisioning", status().provisioning(), null)
        .has("duplicates", status().duplicates(), null)
        .has("observedGeneration", status().observedGeneration(), generation());
  }

  /** Nothing will change until a person acts. */
  public ResourceAssert isStalled(String reason) {
    condition("Ready").isFalse().hasReason(reason).observes(generation());
    condition("Stalled").isTrue().hasReason(reason).observes(generation());
    return hasNo("Reconciling");
  }

  /** The message of {@code Ready}, which is what {@code kubectl get -o wide} shows. */
  public ResourceAssert says(String... parts) {
    condition("Ready").says(parts);
    return this;
  }

  public ResourceAssert hasState(String state) {
    return has("state", status().state(), state);
  }

  public ResourceAssert hasInstance(long id) {
    return has("instanceId", status().instanceId(), id);
  }

  /** There is such a condition. */
  public ConditionAssert condition(String type) {
    return new ConditionAssert(
        find(type)
            .orElseThrow(() ->
                failure("There should be a condition %s among %s", type, status().conditions())));
  }

  public ResourceAssert hasNo(String conditionType) {
    find(conditionType).ifPresent(found -> failWithMessage("There should be no %s", found));
    return this;
  }

  /** Sentences for people, each of which fits on a screen. */
  public ResourceAssert hasReadableMessage() {
    conditions().forEach(condition -> new ConditionAssert(condition).hasReadableMessage());
    return this;
  }

  public ResourceAssert containsNoneOf(Collection<String> secrets) {
    String shown = String.valueOf(actual == null ? null : actual.getStatus());
    secrets.stream()
        .filter(shown::contains)
        .forEach(secret -> failWithMessage("The status reveals %s: %s", secret, shown));
    return this;
  }

  private <T> ResourceAssert has(String field, T value, T expected) {
    if (!Objects.equals(value, expected)) {
      failWithMessage("status.%s should be %s, not %s: %s", field, expected, value, status());
    }
    return this;
  }

  private Optional<Condition> find(String type) {
    return conditions().stream().filter(found -> found.getType().equals(type)).findFirst();
  }

  private List<Condition> conditions() {
    return Optional.ofNullable(actual)
        .map(ConnectWiseInstance::getStatus)
        .map(ConnectWiseInstanceStatus::conditions)
        .orElse(List.of());
  }

  private ConnectWiseInstanceStatus status() {
    isNotNull();
    if (actual.getStatus() == null) {
      failWithMessage("%s has no status yet", actual.getMetadata().getName());
    }
    return actual.getStatus();
  }

  private long generation() {
    isNotNull();
    return actual.getMetadata().getGeneration();
  }

  /** One condition of it. */
  public static final class ConditionAssert extends AbstractAssert<ConditionAssert, Condition> {
    private static final int LONGEST_MESSAGE = 1024;

    private ConditionAssert(Condition actual) {
      super(actual, ConditionAssert.class);
    }

    public ConditionAssert isTrue() {
      return has("status", actual.getStatus(), "True");
    }

    public ConditionAssert isFalse() {
      return has("status", actual.getStatus(), "False");
    }

    public ConditionAssert isUnknown() {
      return has("status", actual.getStatus(), "Unknown");
    }

    public ConditionAssert hasReason(String reason) {
      return has("reason", actual.getReason(), reason);
    }

    public ConditionAssert observes(long generation) {
      return has("observedGeneration", actual.getObservedGeneration(), generation);
    }

    public ConditionAssert says(String... parts) {
      for (String part : parts) {
        if (!actual.getMessage().contains(part)) {
          failWithMessage("%s should say \"%s\": %s", actual.getType(), part, actual.getMessage());
        }
      }
      return this;
    }

    public ConditionAssert hasReadableMessage() {
      String message = actual.getMessage();
      boolean plain =
          !message.isBlank()
              && message.length() <= LONGEST_MESSAGE
              && message.chars().noneMatch(Character::isISOControl)
              && !message.contains("Exception")
              && !message.contains("io.cloudelements");
      if (!plain) {
        failWithMessage("%s should speak to people: %s", actual.getType(), message);
      }
      return this;
    }

    private <T> ConditionAssert has(String field, T value, T expected) {
      if (!Objects.equals(value, expected)) {
        failWithMessage(
            "%s should have %s %s, not %s: %s", actual.getType(), field, expected, value, actual);
      }
      return this;
    }
  }
}
