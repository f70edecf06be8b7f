package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The planners' outcomes, each saying what was seen and what a person can do. */
final class Outcomes {
  private Outcomes() {}

  static Outcome availability(RemoteInstance instance, DesiredInstance desired) {
    String subject = "Instance " + instance.id() + " of " + desired.element().key();
    if (instance.disabled().orElse(false)) {
      return desired.enabled().orElse(true)
          ? Outcome.of(
              Reason.DISABLED,
              subject
                  + " is disabled at the service. Enable it there, or set spec.enabled: true so"
                  + " that the operator does; spec.enabled: false declares it intended.")
          : Outcome.of(
              Reason.DISABLED_AS_ASKED,
              subject + " is disabled, as spec.enabled: false asks." + ignored(desired));
    }
    if (!instance.valid().orElse(true)) {
      return Outcome.of(
          Reason.INVALID,
          subject
              + " is reported invalid by the service. Check "
              + secretKeys(desired.element())
              + " in the Secret of spec.credentialsSecretRef; a change is sent at once.");
    }
    return Outcome.of(Reason.AVAILABLE, subject + " is valid and enabled." + ignored(desired));
  }

  /** Part of a state's message, so that it is shown as long as it holds and costs no write. */
  private static String ignored(DesiredInstance desired) {
    List<String> keys = desired.configuration().ignored();
    return keys.isEmpty()
        ? ""
        : " Keys of the credentials Secret that are no entries of "
            + desired.element().key()
            + " are not sent: "
            + String.join(", ", keys)
            + "; spec.credentialsSecretRef.entries names those that are to be.";
  }

  private static String secretKeys(Element element) {
    return element.entries().stream()
        .map(Element.RequiredEntry::secretKey)
        .collect(Collectors.joining(", "));
  }

  static Outcome nothingToObserve(DesiredInstance desired) {
    return Outcome.of(
        Reason.NOT_FOUND,
        "No instance to observe: none carries the tag "
            + desired.ownershipTag()
            + desired.adoptInstanceId().map(id -> ", and none has the id " + id).orElse("")
            + " in this account. Set spec.adoptInstanceId; or let the operator create one, with"
            + " Manage as spec.managementPolicy and OPERATING_MODE.");
  }

  static Outcome adoptionTargetMissing(long id, DesiredInstance desired) {
    return Outcome.of(
        Reason.NOT_FOUND,
        "spec.adoptInstanceId asks for instance "
            + id
            + ", which this account does not show. Check the id and the account's user; to have"
            + " another instance made in its place, "
            + Confirmation.RECREATE.by(Long.toString(id), desired)
            + ".");
  }

  static Outcome contradictory(long id) {
    return Outcome.of(
        Reason.UNEXPECTED_ANSWER,
        "The service lists instance "
            + id
            + " and answers 404 for it; asking again. If this stays, give the id to the service's"
            + " support.");
  }

  static Outcome recreationHeld(long id, DesiredInstance desired) {
    return Outcome.of(
        Reason.RECREATION_HELD,
        "Instance "
            + id
            + " is gone, together with many others of its account, which looks like a fault or a"
            + " lost privilege rather than like deletions. Check the account; to recreate this one,"
            + " "
            + Confirmation.RECREATE.by(Long.toString(id), desired)
            + ".");
  }

  static Outcome recreationDelayed(long id, Instant next, DesiredInstance desired) {
    return Outcome.of(
        Reason.RECREATION_DELAYED,
        "Instance "
            + id
            + " is gone, and it was itself made less than an hour ago in place of another. Without"
            + " a person one is made again after "
            + next.truncatedTo(ChronoUnit.SECONDS)
            + " at the earliest. Find out who deletes them, or whether something in between answers"
            + " for the service; to recreate it now, "
            + Confirmation.RECREATE.by(Long.toString(id), desired)
            + ".");
  }

  /**
   * @param confirmed what names that there is no instance
   */
  static Outcome inconclusiveSearch(String confirmed, DesiredInstance desired) {
    return Outcome.of(
        Reason.UNEXPECTED_ANSWER,
        emptyWithoutProof(desired)
            + " An instance may exist, so none is created; asking again. Check that no gateway or"
            + " proxy answers for the service. If you know that there is none, "
            + Confirmation.RECREATE.by(confirmed, desired)
            + ".");
  }

  static Outcome deletionBlockedBySearch(DesiredInstance desired) {
    return Outcome.of(
        Reason.DELETION_BLOCKED,
        emptyWithoutProof(desired)
            + " An instance may exist, so the resource stays; asking again. Check that no gateway"
            + " or proxy answers for the service, or set spec.deletionPolicy: Retain to leave what"
            + " there may be.");
  }

  private static String emptyWithoutProof(DesiredInstance desired) {
    return "The search for the tag "
        + desired.ownershipTag()
        + " was answered 404 without a request id, which any gateway may do, so it proves nothing.";
  }

  static Outcome awaitingOutcome(Intent intent, ProvisioningWindow window) {
    return Outcome.until(
        window.closesAt(intent),
        Reason.AWAITING_OUTCOME,
        "The outcome of creation attempt "
            + intent.attempt()
            + ", begun at "
            + intent.startedAt()
            + ", is unknown. The instance is used as soon as it shows; a new attempt is made only"
            + " after "
            + window.closesAt(intent)
            + ".");
  }

  static Outcome moreToDo() {
    return Outcome.of(Reason.UPDATING, "Part of the change is made; the rest follows at once.");
  }

  static Outcome notAccepted(RemoteInstance instance, DesiredInstance desired) {
    SortedSet<String> fields = new TreeSet<>();
    instance
        .name()
        .filter(name -> !name.equals(desired.name()))
        .ifPresent(name -> fields.add("name (kept as \"" + name + "\")"));
    instance
        .tags()
        .filter(tags -> !tags.equals(desired.tags()))
        .ifPresent(tags -> fields.add("tags (kept as " + new TreeSet<>(tags) + ")"));
    desired
        .configuration()
        .differing(instance.configuration())
        .forEach(key -> fields.add("configuration entry " + key));
    return Outcome.of(
        Reason.NOT_ACCEPTED,
        "Instance "
            + instance.id()
            + " works, but the service does not keep what was sent: "
            + String.join(", ", fields)
            + ". Write the value that it keeps, which its console shows, into the resource or its"
            + " Secret.");
  }

  static Outcome deleted() {
    return Outcome.of(
        Reason.DELETED, "No instance carries this resource's ownership tag any more.");
  }

  static Outcome deletionAwaitsOutcome(Intent intent, ProvisioningWindow window) {
    return Outcome.until(
        window.closesAt(intent),
        Reason.DELETING,
        "A creation begun at "
            + intent.startedAt()
            + " may still bring an instance; waiting until "
            + window.closesAt(intent)
            + " so that none is left behind.");
  }

  /**
   * @param ids of the instances with this resource's tag
   * @param id whose confirmation is for all of them
   */
  static Outcome deletionHeld(
      SortedSet<Long> ids, long id, Optional<ResourceId> account, DesiredInstance desired) {
    boolean one = ids.size() == 1;
    return Outcome.of(
        Reason.DELETION_HELD,
        "Deletion waits. Many resources of this account are being deleted at once, which looks like"
            + " an accident, so "
            + (one
                ? "instance " + id + " is"
                : "instances "
                    + ids.stream().map(Object::toString).collect(Collectors.joining(", "))
                    + " are")
            + " left alone. To delete "
            + (one ? "it, " : "all of them, ")
            + Confirmation.DELETE.by(Long.toString(id), desired)
            + account
                .map(name ->
                    "; or the owner of CloudElementsAccount "
                        + name
                        + " confirms all that are held, as the account's status says")
                .orElse("")
            + ". To leave "
            + (one ? "it" : "them")
            + " at the service, set spec.deletionPolicy: Retain; a resource that is"
            + " applied again then finds it by its tag.");
  }

  static Outcome moreToRemove() {
    return Outcome.of(Reason.DELETING, "One instance is removed; the next follows at once.");
  }

  static Outcome deletionAwaitsAdoption(Adoption.Open open, ProvisioningWindow window) {
    return Outcome.until(
        window.closesAt(open.asIntent()),
        Reason.DELETING,
        "The adoption of instance "
            + open.instanceId()
            + ", begun at "
            + open.startedAt()
            + ", may still take effect; waiting until "
            + window.closesAt(open.asIntent())
            + ". The instance is released then, not deleted.");
  }
}
