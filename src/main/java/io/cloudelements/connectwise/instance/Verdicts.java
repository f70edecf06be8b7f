package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The planners' verdicts, each saying what was seen and what a person can do. */
final class Verdicts {
  private Verdicts() {}

  static Verdict availability(RemoteInstance instance, DesiredInstance desired) {
    String subject = "Instance " + instance.id() + " of " + desired.element().key();
    if (instance.disabled().orElse(false)) {
      return desired.enabled().orElse(true)
          ? Verdict.of(
              Reason.DISABLED,
              subject
                  + " is disabled at the service. Enable it there, or set spec.enabled: true so that"
                  + " the operator does; spec.enabled: false declares it intended.")
          : Verdict.of(
              Reason.DISABLED_AS_ASKED,
              subject + " is disabled, as spec.enabled: false asks." + ignored(desired));
    }
    if (!instance.valid().orElse(true)) {
      return Verdict.of(
          Reason.INVALID,
          subject
              + " is reported invalid by the service. Check "
              + secretKeys(desired.element())
              + " in the Secret of spec.credentialsSecretRef; a change is sent at once.");
    }
    return Verdict.of(Reason.AVAILABLE, subject + " is valid and enabled." + ignored(desired));
  }

  /** In the message of a state, so that it is told for as long as it holds and costs no write. */
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
        .map(Element.Entry::secretKey)
        .collect(Collectors.joining(", "));
  }

  static Verdict nothingToObserve(DesiredInstance desired) {
    return Verdict.of(
        Reason.NOT_FOUND,
        "No instance to observe: none carries the tag "
            + desired.ownershipTag()
            + desired.adoptInstanceId().map(id -> ", and none has the id " + id).orElse("")
            + " in this account. Set spec.adoptInstanceId, or managementPolicy: Manage to create one.");
  }

  static Verdict adoptionTargetMissing(long id) {
    return Verdict.of(
        Reason.NOT_FOUND,
        "spec.adoptInstanceId names instance "
            + id
            + ", which this account does not show. Check the id and the account's user; to create an"
            + " instance instead, delete this resource and apply it without adoptInstanceId.");
  }

  static Verdict contradictory(long id) {
    return Verdict.of(
        Reason.UNEXPECTED_ANSWER,
        "The service lists instance "
            + id
            + " and answers 404 for it; asking again. If this stays, give the id to the service's support.");
  }

  static Verdict wrongElement(long id, String found, DesiredInstance desired) {
    return Verdict.of(
        Reason.WRONG_ELEMENT,
        "Instance "
            + id
            + " is of element "
            + found
            + ", not "
            + desired.element().key()
            + ", and is left alone. Name an instance of the right element in spec.adoptInstanceId, or"
            + " remove the tag "
            + desired.ownershipTag()
            + " from it.");
  }

  static Verdict ownedByAnother(long id, String foreign, DesiredInstance desired) {
    String owner =
        desired.ownershipTag().sameCluster(foreign)
            ? "another resource of this cluster"
            : "a resource of another cluster";
    return Verdict.of(
        Reason.OWNED_BY_ANOTHER,
        "Instance "
            + id
            + " belongs to "
            + owner
            + " (tag "
            + foreign
            + ") and is left alone. To take it over, annotate this resource with"
            + " cloudelements.io/take-over: \"true\" after the other owner has let go of it.");
  }

  static Verdict ownerNotShown(long id) {
    return Verdict.of(
        Reason.UNEXPECTED_ANSWER,
        "The service does not show the tags of instance "
            + id
            + ", so nobody can tell whose it is, and it is left alone; asking again. If you know that it is"
            + " free, annotate this resource with cloudelements.io/take-over: \"true\".");
  }

  static Verdict accountChanged(long id, Recorded recorded, DesiredInstance desired) {
    return Verdict.of(
        Reason.ACCOUNT_CHANGED,
        "Instance "
            + id
            + " was made in account "
            + recorded.account().orElse("(unknown)")
            + " and is not visible in account "
            + desired.account().fingerprint()
            + ", so nothing proves that it is gone. Put the old userSecret, organizationSecret and base URL"
            + " back; or annotate with cloudelements.io/confirm-recreate: \"true\" to make a new instance"
            + " here, which leaves the old one behind.");
  }

  static Verdict attemptInOtherAccount(Intent intent, Recorded recorded, DesiredInstance desired) {
    return Verdict.of(
        Reason.ACCOUNT_CHANGED,
        "The outcome of creation attempt "
            + intent.attempt()
            + " in account "
            + recorded.account().orElse("(unknown)")
            + " is unknown, and cannot be found out in account "
            + desired.account().fingerprint()
            + ". Put the old userSecret, organizationSecret and base URL back; or annotate with"
            + " cloudelements.io/confirm-recreate: \"true\" to make an instance here, which may"
            + " leave one behind there.");
  }

  static Verdict recreationHeld(long id) {
    return Verdict.of(
        Reason.RECREATION_HELD,
        "Instance "
            + id
            + " is gone, together with many others of its account, which looks like a fault or a lost"
            + " privilege rather than like deletions. Check the account; to recreate this one, annotate it"
            + " with cloudelements.io/confirm-recreate: \"true\".");
  }

  static Verdict recreationDelayed(long id, Instant next) {
    return Verdict.of(
        Reason.RECREATION_DELAYED,
        "Instance "
            + id
            + " is gone, and it was itself made less than an hour ago in place of another. Without a"
            + " person one is made again after "
            + next.truncatedTo(ChronoUnit.SECONDS)
            + " at the earliest. Find out who deletes them, or whether something in between answers for the"
            + " service; to recreate it now, annotate this resource with"
            + " cloudelements.io/confirm-recreate: \"true\".");
  }

  static Verdict searchProvesNothing(DesiredInstance desired) {
    return Verdict.of(
        Reason.UNEXPECTED_ANSWER,
        unprovenSearch(desired)
            + " An instance may exist, so none is created; asking again. Check that no gateway or proxy"
            + " answers for the service. If you know that there is none, annotate this resource with"
            + " cloudelements.io/confirm-recreate: \"true\".");
  }

  static Verdict deletionBlockedBySearch(DesiredInstance desired) {
    return Verdict.of(
        Reason.DELETION_BLOCKED,
        unprovenSearch(desired)
            + " An instance may exist, so the resource stays; asking again. Check that no gateway or proxy"
            + " answers for the service, or set spec.deletionPolicy: Retain to leave what there may be.");
  }

  private static String unprovenSearch(DesiredInstance desired) {
    return "The search for the tag "
        + desired.ownershipTag()
        + " was answered 404 without a request id, which any gateway may do, so it proves nothing.";
  }

  static Verdict awaitingOutcome(Intent intent, ProvisioningWindow window) {
    return Verdict.until(
        window.closesAt(intent),
        Reason.AWAITING_OUTCOME,
        "The outcome of creation attempt "
            + intent.attempt()
            + ", begun at "
            + intent.startedAt()
            + ", is unknown. The instance is used as soon as it shows; a new attempt is made only after "
            + window.closesAt(intent)
            + ".");
  }

  static Verdict moreToDo() {
    return Verdict.of(Reason.UPDATING, "Part of the change is made; the rest follows at once.");
  }

  static Verdict notAccepted(RemoteInstance instance, DesiredInstance desired) {
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
    return Verdict.of(
        Reason.NOT_ACCEPTED,
        "Instance "
            + instance.id()
            + " works, but the service does not keep what was sent: "
            + String.join(", ", fields)
            + ". Write the value that it keeps, which its console shows, into the resource or its Secret.");
  }

  static Verdict deleted() {
    return Verdict.of(
        Reason.DELETED, "No instance carries this resource's ownership tag any more.");
  }

  static Verdict deletionAwaitsOutcome(Intent intent, ProvisioningWindow window) {
    return Verdict.until(
        window.closesAt(intent),
        Reason.DELETING,
        "A creation begun at "
            + intent.startedAt()
            + " may still bring an instance; waiting until "
            + window.closesAt(intent)
            + " so that none is left behind.");
  }

  static Verdict deletionBlockedByAccount(Intent intent, DesiredInstance desired) {
    return Verdict.of(
        Reason.DELETION_BLOCKED,
        "The outcome of a creation begun at "
            + intent.startedAt()
            + " is unknown, and account "
            + desired.account().fingerprint()
            + " is not the one it was made in. Put the old userSecret, organizationSecret and base URL back,"
            + " or set spec.deletionPolicy: Retain to leave what there may be.");
  }

  static Verdict deletionBlockedByAccount(long id, DesiredInstance desired) {
    return Verdict.of(
        Reason.DELETION_BLOCKED,
        "Instance "
            + id
            + " is not visible in account "
            + desired.account().fingerprint()
            + ", which is not the one it was made in, so nothing proves that it is gone. Put the old"
            + " userSecret, organizationSecret and base URL back, or set spec.deletionPolicy: Retain to leave"
            + " it.");
  }
}
