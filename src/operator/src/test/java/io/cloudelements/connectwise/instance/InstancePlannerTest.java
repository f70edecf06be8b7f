package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.WINDOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.bare;
import static io.cloudelements.connectwise.instance.PlannerInputs.company;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static io.cloudelements.connectwise.instance.PlannerInputs.instance;
import static io.cloudelements.connectwise.instance.PlannerInputs.intended;
import static io.cloudelements.connectwise.instance.PlannerInputs.named;
import static io.cloudelements.connectwise.instance.PlannerInputs.ofElement;
import static io.cloudelements.connectwise.instance.PlannerInputs.provisioned;
import static io.cloudelements.connectwise.instance.PlannerInputs.tagged;
import static io.cloudelements.connectwise.instance.PlannerInputs.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each line of the decision table, with the sentence that justifies it. */
class InstancePlannerTest {
  private static final Set<String> ALL_TAGS =
      Set.of("production", OwnershipTag.MARKER, PlannerInputs.OURS.value());
  private static final Action.Patch PATCH_OF_NAME =
      new Action.Patch(7, Optional.of("Acme"), Optional.empty());
  private static final Action.Patch PATCH_OF_TAGS =
      new Action.Patch(7, Optional.empty(), Optional.of(ALL_TAGS));
  private static final String FINGERPRINT = PlannerInputs.ACCOUNT.fingerprint();
  private static final String HERE = "@" + FINGERPRINT;
  private static final Duration PAST_WINDOW = Duration.ofMinutes(5);
  private static final String ATTEMPT_HERE = PlannerInputs.NOW.minus(PAST_WINDOW) + HERE;
  private static final Duration IN_WINDOW = Duration.ofSeconds(100);

  @ParameterizedTest(name = "{0}")
  @MethodSource({"creation", "known", "ownership", "lost", "adoption", "observe", "answers"})
  void choosesTheNextAction(String why, PlannerInputs given, Predicate<Action> expected) {
    // Given
    PlannerInput plannerInput = given.build();
    // When
    Action action = InstancePlanner.plan(plannerInput);
    // Then
    assertThat(action).as(why).matches(expected);
  }

  static Stream<Arguments> creation() {
    return Stream.of(
        row(
            "a new resource records its intent before anything else, so that a crash leaves a"
                + " trace",
            fresh(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "with its own intent recorded it searches: an instance may exist from an earlier life",
            intended(1, Duration.ZERO).inThisReconcile(),
            is(new Action.SearchByTag())),
        row(
            "only an empty search after its own intent allows the POST",
            intended(1, Duration.ZERO).inThisReconcile().finding(),
            is(new Action.Create(new SendWindow(NOW, NOW.plus(WINDOW.sendWithin()))))),
        row(
            "a match is read in full, since a list item is a summary",
            intended(1, Duration.ZERO).inThisReconcile().finding(bare(7)),
            is(new Action.ReadById(7))),
        row(
            "of several matches the lowest id is used, so that every reconcile chooses the same",
            intended(1, Duration.ZERO).inThisReconcile().finding(bare(9), bare(7)),
            is(new Action.ReadById(7))),
        row(
            "an open intent of another reconcile is answered by a search first",
            intended(1, IN_WINDOW),
            is(new Action.SearchByTag())),
        row(
            "an empty search within the window proves nothing: wait, no second POST",
            intended(1, IN_WINDOW).finding(),
            finishesUntil(Reason.AWAITING_OUTCOME, NOW.minus(IN_WINDOW).plusSeconds(180))),
        row(
            "an instance that shows within the window is the one",
            intended(1, IN_WINDOW).finding(bare(7)),
            is(new Action.ReadById(7))),
        row(
            "past the window an empty search proves the request dropped: a new attempt is recorded",
            intended(2, PAST_WINDOW).finding(),
            is(new Action.RecordIntent(new Intent(3, NOW), true))),
        row(
            "exactly at the end of the window it is over",
            intended(1, Duration.ofSeconds(180)).finding(),
            is(new Action.RecordIntent(new Intent(2, NOW), true))),
        row(
            "a moment before the end it is not",
            intended(1, Duration.ofSeconds(180).minusMillis(1)).finding(),
            settles(Reason.AWAITING_OUTCOME)),
        row(
            "an intent from the future means a clock stepped back: the window starts anew",
            intended(1, Duration.ofHours(-1)),
            is(new Action.RecordIntent(new Intent(1, NOW), false))),
        row(
            "a little ahead is kept: the process that recorded it may still send",
            intended(1, Duration.ofSeconds(-20)).finding(),
            settles(Reason.AWAITING_OUTCOME)),
        row(
            "a clock that stepped back within the reconcile would leave the time to send open for"
                + " long",
            intended(1, Duration.ofSeconds(-20)).inThisReconcile().finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "an earlier version took each spelling of the URL for an account: that is the same one",
            intended(1, PAST_WINDOW)
                .inAccount(
                    Fingerprint.sha256(
                            "https://API.example.com/elements/api-v2", "organization", "user")
                        .substring(0, 12))
                .callingAt("https://API.example.com/elements/api-v2")
                .finding(),
            is(new Action.RecordIntent(new Intent(2, NOW), true))),
        row(
            "an account with another secret may be the same one: our tag tells",
            intended(1, PAST_WINDOW).inAccount("000000000000"),
            is(new Action.SearchByTag())),
        row(
            "an instance with our tag answers an attempt in any account",
            intended(1, PAST_WINDOW).inAccount("000000000000").finding(bare(7)),
            is(new Action.ReadById(7))),
        row(
            "of several that show it the lowest id is used, as in the account of the attempt",
            intended(1, PAST_WINDOW).inAccount("000000000000").finding(bare(9), bare(7)),
            is(new Action.ReadById(7))),
        row(
            "an instance that is read there with our tag is corrected like any other",
            intended(1, PAST_WINDOW)
                .inAccount("000000000000")
                .finding(instance(7))
                .seeing(instance(7)),
            is(new Action.Replace(7))),
        row(
            "within the window it may still show under a new secret: wait, no person need act yet",
            intended(1, IN_WINDOW).inAccount("000000000000").finding(),
            finishesUntil(Reason.AWAITING_OUTCOME, NOW.minus(IN_WINDOW).plusSeconds(180))),
        row(
            "a clock that stepped back would leave that window open for long",
            intended(1, Duration.ofHours(-1)).inAccount("000000000000"),
            is(new Action.RecordIntent(new Intent(1, NOW), false))),
        row(
            "a search without proof is not even empty",
            intended(1, PAST_WINDOW).inAccount("000000000000").withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "an empty search in another account proves nothing",
            intended(1, PAST_WINDOW).inAccount("000000000000").finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "unless a person names the attempt and this account to begin anew in",
            intended(1, PAST_WINDOW)
                .inAccount("000000000000")
                .confirmingRecreation(ATTEMPT_HERE)
                .finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a word for an earlier attempt is not for this one",
            intended(1, PAST_WINDOW)
                .inAccount("000000000000")
                .confirmingRecreation(NOW.minus(PAST_WINDOW).minusSeconds(1) + HERE)
                .finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "and not before the window has passed: it may be the same account",
            intended(1, IN_WINDOW)
                .inAccount("000000000000")
                .confirmingRecreation(NOW.minus(IN_WINDOW) + HERE)
                .finding(),
            settles(Reason.AWAITING_OUTCOME)),
        row(
            "a word for another account is not for this one",
            intended(1, PAST_WINDOW)
                .inAccount("000000000000")
                .confirmingRecreation(NOW.minus(PAST_WINDOW) + "@000000000000")
                .finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "nor is \"true\", which names none",
            intended(1, PAST_WINDOW)
                .inAccount("000000000000")
                .confirmingRecreation("true")
                .finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "a write that the cluster refused says nothing of the service, and needs no probe",
            fresh().afterReason(Reason.CLUSTER_WRITE_REFUSED),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "after a failed reconcile a search is the probe, so that a failing retry writes"
                + " nothing",
            fresh().afterReason(Reason.ACCOUNT_REJECTED),
            is(new Action.SearchByTag())),
        row(
            "a reconcile that did not fail needs no probe",
            fresh().afterReason(Reason.SUSPENDED),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "the probe went through: record the intent",
            fresh().afterReason(Reason.TIMED_OUT).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "before the first POST nothing exists that a search without proof could overlook",
            intended(1, Duration.ZERO).inThisReconcile().withAnInconclusiveSearch(),
            is(new Action.Create(new SendWindow(NOW, NOW.plus(WINDOW.sendWithin()))))),
        row(
            "after a POST that may have had effect a search without proof proves nothing",
            intended(1, PAST_WINDOW).withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "nor does one before the second POST",
            intended(2, Duration.ZERO).inThisReconcile().withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "unless a person knows better: then there is no earlier attempt",
            intended(2, PAST_WINDOW).confirmingRecreation(ATTEMPT_HERE).withAnInconclusiveSearch(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a confirmation of an earlier attempt in this account is none of this one",
            intended(1, PAST_WINDOW)
                .confirmingRecreation(NOW.minus(Duration.ofHours(5)) + HERE)
                .withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)));
  }

  static Stream<Arguments> known() {
    RemoteInstance other = named(instance(7), "Other");
    return Stream.of(
        row("a recorded id is read by id", provisioned(7), is(new Action.ReadById(7))),
        row(
            "an instance as wanted needs one more look for duplicates",
            provisioned(7).seeing(instance(7)),
            is(new Action.SearchByTag())),
        row(
            "nothing differs and no other instance has the tag: done",
            provisioned(7).seeing(instance(7)).finding(instance(7)),
            settles(Reason.AVAILABLE)),
        row(
            "a search without proof is not asked again and again: it would be about duplicates"
                + " alone",
            provisioned(7).seeing(instance(7)).withAnInconclusiveSearch(),
            settles(Reason.AVAILABLE)),
        row(
            "another name is corrected by PATCH, which sends only what differs",
            provisioned(7).seeing(other),
            is(PATCH_OF_NAME)),
        row(
            "other tags are replaced as a set, ours included",
            provisioned(7).seeing(tagged(instance(7), PlannerInputs.OURS.value())),
            is(PATCH_OF_TAGS)),
        row(
            "tags that an answer lacks are unknown, not missing",
            provisioned(7).seeing(bare(7)).finding(instance(7)),
            settles(Reason.AVAILABLE)),
        row(
            "another hash means other configuration: forget the old one before it is overwritten",
            provisioned(7).withRecordedHash("old").seeing(instance(7)),
            is(new Action.ForgetConfiguration())),
        row(
            "an unknown hash means a PUT whose outcome is unknown: send it again",
            provisioned(7).withoutRecordedHash().seeing(instance(7)),
            is(new Action.Replace(7))),
        row(
            "a plain entry changed at the service is set back",
            provisioned(7).seeing(company(instance(7), "evil")),
            is(new Action.ForgetConfiguration())),
        row(
            "one PUT carries name and configuration together",
            provisioned(7).withoutRecordedHash().seeing(other),
            is(new Action.Replace(7))),
        row(
            "disabled although enabled is asked for",
            provisioned(7).wanting(true).seeing(instance(7).withDisabled(true)),
            is(new Action.SetEnabled(7, true))),
        row(
            "enabled although disabled is asked for",
            provisioned(7).wanting(false).seeing(instance(7)),
            is(new Action.SetEnabled(7, false))),
        row(
            "whether it is disabled is unknown, so nothing is enforced on a guess",
            provisioned(7).wanting(true).seeing(bare(7)).finding(instance(7)),
            settles(Reason.AVAILABLE)),
        row(
            "disabled and the spec does not say so: report it",
            provisioned(7).seeing(instance(7).withDisabled(true)).finding(),
            settles(Reason.DISABLED)),
        row(
            "disabled as asked is the desired state",
            provisioned(7).wanting(false).seeing(instance(7).withDisabled(true)).finding(),
            settles(Reason.DISABLED_AS_ASKED)),
        row(
            "invalid is reported, never repaired by guessing",
            provisioned(7).seeing(valid(instance(7), false)).finding(),
            settles(Reason.INVALID)),
        row(
            "an instance of another cluster (restored there, say) is not fought over",
            provisioned(7)
                .seeing(tagged(instance(7), OwnershipTag.MARKER, PlannerInputs.FOREIGN.value()))
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "also while our tag is still on it: two owners are one too many",
            provisioned(7)
                .seeing(
                    tagged(instance(7), PlannerInputs.OURS.value(), PlannerInputs.FOREIGN.value()))
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "also where only the search shows the other tag",
            provisioned(7)
                .seeing(bare(7))
                .finding(
                    tagged(bare(7), PlannerInputs.OURS.value(), PlannerInputs.FOREIGN.value())),
            settles(Reason.OWNED_BY_ANOTHER)));
  }

  static Stream<Arguments> ownership() {
    RemoteInstance untagged = tagged(instance(7), "production");
    RemoteInstance foreign = tagged(instance(7), PlannerInputs.FOREIGN.value());
    return Stream.of(
        row(
            "an id is no proof: what does not show our tag is asked for by the tag",
            provisioned(7).seeing(named(untagged, "Other")),
            is(new Action.SearchByTag())),
        row(
            "our tag was taken off, or the status names a stranger: read only",
            provisioned(7).seeing(named(untagged, "Other")).finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "also when nothing differs, since nothing shows whose token it is",
            provisioned(7).seeing(bare(7)).finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "the one that shows our tag is ours, also when the status names another",
            provisioned(7).seeing(untagged).finding(instance(9)),
            is(new Action.ReadById(9))),
        row(
            "also when the status names another resource's",
            provisioned(7).seeing(foreign).finding(instance(9)),
            is(new Action.ReadById(9))),
        row(
            "tags that only the search shows are shown",
            provisioned(7).withRecordedHash("old").seeing(bare(7)).finding(instance(7)),
            is(new Action.ForgetConfiguration())),
        row(
            "an adoption that is complete is not made again when our tag is taken off",
            provisioned(7).adopting(7).adopted().seeing(untagged).finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "take-over is a person's decision, which is recorded before the change",
            provisioned(7).takingOver("7").seeing(foreign).finding(),
            is(
                new Action.BeginAdoption(
                    new Adoption.Open(
                        7, NOW, Optional.of(Set.of(PlannerInputs.FOREIGN.value())))))),
        row(
            "and then the tags are ours again",
            provisioned(7).takingOver("7").seeing(foreign).finding().inThisReconcile(),
            is(new Action.Adopt(PATCH_OF_TAGS))),
        row(
            "a configuration that is sent with it is uncertain from then on",
            provisioned(7).withRecordedHash("old").takingOver("7").seeing(foreign).finding(),
            is(new Action.ForgetConfiguration())),
        row(
            "a take-over that was followed is void: two resources must not take turns for ever",
            provisioned(7).takingOver("7").afterTakeOver().seeing(foreign).finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "one that names another instance is not for this one",
            provisioned(7).takingOver("8").seeing(foreign).finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "one that names the owner too takes it from that owner",
            provisioned(7)
                .takingOver(Confirmation.toTakeFrom(7, PlannerInputs.FOREIGN.value()))
                .seeing(foreign)
                .finding()
                .inThisReconcile(),
            is(new Action.Adopt(PATCH_OF_TAGS))),
        row(
            "and from no other one: two clusters may follow one repository",
            provisioned(7)
                .takingOver(Confirmation.toTakeFrom(7, "cwi-00000000-000000000000000000000000"))
                .seeing(foreign)
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "nor where another owner has it as well, whose tag comes later",
            provisioned(7)
                .takingOver(Confirmation.toTakeFrom(7, "cwi-00000000-000000000000000000000000"))
                .seeing(
                    tagged(
                        instance(7),
                        "cwi-00000000-000000000000000000000000",
                        PlannerInputs.FOREIGN.value()))
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "nor where the service does not show whose it is",
            provisioned(7)
                .takingOver(Confirmation.toTakeFrom(7, PlannerInputs.FOREIGN.value()))
                .seeing(bare(7))
                .finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "where only name and tags differ they are all that is sent with it",
            provisioned(7)
                .takingOver("7")
                .seeing(named(foreign, "Other"))
                .finding()
                .inThisReconcile(),
            is(new Action.Adopt(new Action.Patch(7, Optional.of("Acme"), Optional.of(ALL_TAGS))))),
        row(
            "one that says \"true\" names none",
            provisioned(7).takingOver("true").seeing(foreign).finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "a person may also know what the service does not show",
            provisioned(7).takingOver("7").seeing(bare(7)).finding().inThisReconcile(),
            is(new Action.Adopt(PATCH_OF_TAGS))));
  }

  static Stream<Arguments> lost() {
    return Stream.of(
        row("a 404 by id asks the tag", provisioned(7).missing(7), is(new Action.SearchByTag())),
        row(
            "gone by id, found by tag: use what is found",
            provisioned(7).missing(7).finding(bare(9), bare(8)),
            is(new Action.ReadById(8))),
        row(
            "gone by id and by tag may be reads that lag behind the creation: ask by a write",
            provisioned(7).missing(7).finding(),
            is(new Action.VerifyGone(7))),
        row(
            "proven gone in the same account: recreate, with a new intent",
            provisioned(7).verifiedMissing(7).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "an id that another secret shows with our tag is the instance: a mere rotation",
            provisioned(7).inAccount("000000000000").seeing(instance(7)).finding(instance(7)),
            settles(Reason.AVAILABLE)),
        row(
            "one that it shows without our tag is only read",
            provisioned(7)
                .inAccount("000000000000")
                .seeing(tagged(instance(7), "production"))
                .finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "not visible by id under another secret, found by tag: use what is found",
            provisioned(7).inAccount("000000000000").missing(7).finding(bare(9), bare(8)),
            is(new Action.ReadById(8))),
        row(
            "a search without proof settles nothing in another account either",
            provisioned(7).inAccount("000000000000").missing(7).withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "gone in another account proves nothing",
            provisioned(7).inAccount("000000000000").missing(7).finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "unless a person confirms",
            provisioned(7)
                .inAccount("000000000000")
                .confirmingRecreation(7 + HERE)
                .verifiedMissing(7)
                .finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "many gone at once look like a fault: hold",
            provisioned(7).withRecreationHeld().missing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "a held resource stays held over restarts",
            provisioned(7).afterHold().afterReason(Reason.RECREATION_HELD).missing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "a held resource stays held over a changed spec",
            provisioned(7).afterHold().verifiedMissing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "a held resource stays held over a timeout",
            provisioned(7).afterHold().afterReason(Reason.TIMED_OUT).verifiedMissing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "a person ends a hold of an earlier reconcile",
            provisioned(7).afterHold().confirmingRecreation("7").verifiedMissing(7).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a hold concerns the instance: this account was never in doubt",
            provisioned(7).withRecreationHeld().confirmingRecreation(7 + HERE).missing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "a confirmation to begin anew in an account includes the loss there",
            provisioned(7)
                .inAccount("000000000000")
                .withRecreationHeld()
                .confirmingRecreation(7 + HERE)
                .missing(7)
                .finding(),
            is(new Action.VerifyGone(7))),
        row(
            "a person lets it through",
            provisioned(7)
                .withRecreationHeld()
                .confirmingRecreation("7")
                .verifiedMissing(7)
                .finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a confirmation to begin anew here in place of another instance is none of this loss",
            provisioned(7)
                .inAccount("000000000000")
                .confirmingRecreation(6 + HERE)
                .verifiedMissing(7)
                .finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "a search without proof does not make it gone",
            provisioned(7).missing(7).withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "nor does it with a word that once was for another instance in this account",
            provisioned(7).confirmingRecreation(6 + HERE).missing(7).withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "the account alone names no loss in it",
            provisioned(7).confirmingRecreation(FINGERPRINT).missing(7).withAnInconclusiveSearch(),
            settles(Reason.UNEXPECTED_ANSWER)),
        row(
            "a person who names the instance here makes up for the proof",
            provisioned(7).confirmingRecreation(7 + HERE).missing(7).withAnInconclusiveSearch(),
            is(new Action.VerifyGone(7))),
        row(
            "one that replaced another within the hour is not replaced: it looks like a fault",
            provisioned(7).recreated(Duration.ofMinutes(59)).verifiedMissing(7).finding(),
            settles(Reason.RECREATION_DELAYED)),
        row(
            "an hour later it may be",
            provisioned(7).recreated(Duration.ofHours(1)).verifiedMissing(7).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "or when a person says so",
            provisioned(7)
                .recreated(Duration.ofMinutes(1))
                .confirmingRecreation("7")
                .verifiedMissing(7)
                .finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a clock that was hours ahead does not hold it for hours",
            provisioned(7).recreated(Duration.ofHours(-6)).verifiedMissing(7).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "a confirmation of an earlier loss is none of this one",
            provisioned(7).withRecreationHeld().confirmingRecreation("6").missing(7).finding(),
            settles(Reason.RECREATION_HELD)),
        row(
            "nor one in an account that is wrong by mistake",
            provisioned(7).inAccount("000000000000").confirmingRecreation("7").missing(7).finding(),
            settles(Reason.ACCOUNT_CHANGED)),
        row(
            "listed and yet 404 by id is a contradiction, and no reason to create",
            provisioned(7).missing(7).finding(bare(7)),
            settles(Reason.UNEXPECTED_ANSWER)));
  }

  static Stream<Arguments> adoption() {
    RemoteInstance stranger = tagged(instance(50), "made by hand");
    return Stream.of(
        row(
            "an instance to adopt is read first",
            fresh().adopting(50),
            is(new Action.ReadById(50))),
        row(
            "one with our tag may exist already, so the tag is asked for before anything is"
                + " changed",
            fresh().adopting(50).seeing(stranger),
            is(new Action.SearchByTag())),
        row(
            "one with our tag is the one, and the named one is left alone",
            fresh().adopting(50).seeing(stranger).finding(bare(7)),
            is(new Action.ReadById(7))),
        row(
            "the adoption is recorded before the change, with the tags as they were found",
            fresh().adopting(50).seeing(stranger).finding(),
            is(
                new Action.BeginAdoption(
                    new Adoption.Open(50, NOW, Optional.of(Set.of("made by hand")))))),
        row(
            "the right element without an owner: one PUT makes it ours",
            fresh().adopting(50).seeing(stranger).finding().inThisReconcile(),
            is(new Action.Adopt(new Action.Replace(50)))),
        row(
            "tags found on another instance are not put on this one",
            fresh().adoptionBegun(49, IN_WINDOW, "first").adopting(50).seeing(stranger).finding(),
            is(
                new Action.BeginAdoption(
                    new Adoption.Open(50, NOW, Optional.of(Set.of("made by hand")))))),
        row(
            "an attempt whose outcome is unknown is made again, with the tags as found at first",
            fresh().adoptionBegun(50, IN_WINDOW, "first").adopting(50).seeing(stranger).finding(),
            is(new Action.BeginAdoption(new Adoption.Open(50, NOW, Optional.of(Set.of("first")))))),
        row(
            "an answer that does not show our tag confirms nothing: ask",
            fresh().adopting(50).seeing(bare(50)).having(new Action.Adopt(new Action.Replace(50))),
            is(new Action.SearchByTag())),
        row(
            "an adoption that shows no effect is not used, and not sent again in this reconcile",
            fresh()
                .adopting(50)
                .seeing(stranger)
                .having(new Action.Adopt(new Action.Replace(50)))
                .finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "added to a resource with a living instance it is refused in words",
            provisioned(7).adopting(50).seeing(instance(7)).finding(instance(7)),
            settles(Reason.ADOPTION_REFUSED)),
        row(
            "a difference of the living one is still corrected",
            provisioned(7).adopting(50).seeing(named(instance(7), "Other")),
            is(PATCH_OF_NAME)),
        row(
            "added after a loss it is used, once the former is proven gone",
            provisioned(7).adopting(50).missing(7).finding(),
            is(new Action.VerifyGone(7))),
        row(
            "which is no recreation, so that a brake on those does not hold it",
            provisioned(7).adopting(50).withRecreationHeld().verifiedMissing(7).finding(),
            is(new Action.ReadById(50))),
        row(
            "and then taken over in place of the former",
            provisioned(7).adopting(50).verifiedMissing(7).finding().seeing(stranger),
            is(
                new Action.BeginAdoption(
                    new Adoption.Open(50, NOW, Optional.of(Set.of("made by hand")))))),
        row(
            "while the former is not proven gone, the named one is left alone",
            provisioned(7).adopting(50).missing(7).finding().seeing(stranger),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "another element is left alone",
            fresh().adopting(50).seeing(ofElement(stranger, "connectwisecrm")).finding(),
            settles(Reason.WRONG_ELEMENT)),
        row(
            "another resource's instance is left alone",
            fresh()
                .adopting(50)
                .seeing(tagged(stranger, PlannerInputs.NEIGHBOUR.value()))
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "another cluster's instance is left alone",
            fresh().adopting(50).seeing(tagged(stranger, PlannerInputs.FOREIGN.value())).finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "after a rebuild a person may take it over",
            fresh()
                .adopting(50)
                .takingOver("50")
                .seeing(tagged(stranger, PlannerInputs.FOREIGN.value()))
                .finding()
                .inThisReconcile(),
            is(new Action.Adopt(new Action.Replace(50)))),
        row(
            "a missing one may have been replaced by one of ours",
            fresh().adopting(50).missing(50),
            is(new Action.SearchByTag())),
        row(
            "a missing one is never replaced by a new one: the user named an id",
            fresh().adopting(50).missing(50).finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "nor is one that was adopted and is gone",
            provisioned(50).adopting(50).missing(50).finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "unless a person confirms",
            provisioned(50).adopting(50).confirmingRecreation("50").verifiedMissing(50).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "nor one to which the service has given another id since",
            provisioned(51)
                .adopting(50)
                .adoptionBegun(51, PAST_WINDOW)
                .adopted()
                .missing(51)
                .finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "without its name in the spec it is made again like any other",
            provisioned(51)
                .adopting(50)
                .adoptionBegun(51, PAST_WINDOW)
                .adopted()
                .adoptingNone()
                .missing(51)
                .finding(),
            is(new Action.VerifyGone(51))),
        row(
            "so is one that a person had made in its place",
            provisioned(7).adopting(50).afterAdoptionWasGivenUp(50).missing(7).finding(),
            is(new Action.VerifyGone(7))),
        row(
            "a named one that was given up is not asked for again",
            fresh().adopting(50).afterAdoptionWasGivenUp(50),
            is(new Action.RecordIntent(new Intent(1, NOW), true))),
        row(
            "nor once the creation in its place has come to nothing",
            intended(1, PAST_WINDOW).adopting(50).confirmingRecreation("50").finding(),
            is(new Action.RecordIntent(new Intent(2, NOW), true))),
        row(
            "the named one in use is not refused",
            provisioned(50).adopting(50).seeing(instance(50)).finding(instance(50)),
            settles(Reason.AVAILABLE)),
        row(
            "an unusable living one is reported before the refusal",
            provisioned(7).adopting(50).seeing(valid(instance(7), false)).finding(instance(7)),
            settles(Reason.INVALID)),
        row(
            "with its id: \"true\" names none",
            provisioned(50).adopting(50).confirmingRecreation("true").missing(50).finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "a status lost before the adoption leaves an intent, which is no reason to create",
            intended(1, PAST_WINDOW).adopting(50).finding(),
            is(new Action.ReadById(50))),
        row(
            "whose it is cannot be told without its tags",
            fresh().adopting(50).seeing(bare(50)).finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "a list that shows it by our tag tells",
            fresh().finding(instance(7), instance(8)).seeing(bare(7)),
            is(new Action.Replace(7))),
        row(
            "one that shows another by our tag tells which is ours",
            fresh().adopting(50).finding(bare(7)).seeing(bare(50)),
            is(new Action.ReadById(7))));
  }

  static Stream<Arguments> observe() {
    PlannerInputs observing = fresh().under(ManagementPolicy.OBSERVE);
    return Stream.of(
        row("observing searches and records no intent", observing, is(new Action.SearchByTag())),
        row(
            "nothing to observe is said, not created",
            fresh().under(ManagementPolicy.OBSERVE).finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "the named one is observed although another one was made in its place before",
            fresh().under(ManagementPolicy.OBSERVE).adopting(50).afterAdoptionWasGivenUp(50),
            is(new Action.ReadById(50))),
        row(
            "differences are not corrected",
            provisioned(7).under(ManagementPolicy.OBSERVE).seeing(named(instance(7), "Other")),
            settles(Reason.AVAILABLE)),
        row(
            "an observed instance that is gone is not recreated",
            provisioned(7).under(ManagementPolicy.OBSERVE).missing(7).finding(),
            settles(Reason.NOT_FOUND)),
        row(
            "an instance without an owner is observed",
            fresh()
                .under(ManagementPolicy.OBSERVE)
                .adopting(50)
                .seeing(tagged(instance(50), "made by hand")),
            settles(Reason.AVAILABLE)),
        row(
            "another resource's token is not for this one",
            fresh()
                .under(ManagementPolicy.OBSERVE)
                .adopting(50)
                .seeing(tagged(instance(50), PlannerInputs.FOREIGN.value()))
                .finding(),
            settles(Reason.OWNED_BY_ANOTHER)),
        row(
            "nor is one whose owner is unknown",
            fresh().under(ManagementPolicy.OBSERVE).adopting(50).seeing(bare(50)).finding(),
            settles(Reason.OWNERSHIP_NOT_SHOWN)),
        row(
            "unless a person knows",
            fresh().under(ManagementPolicy.OBSERVE).adopting(50).takingOver("50").seeing(bare(50)),
            settles(Reason.AVAILABLE)));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        row(
            "the answer to a POST that shows what was sent ends the reconcile",
            provisioned(7).seeing(instance(7)).having(new Action.Create(SendWindow.ALWAYS)),
            settles(Reason.AVAILABLE)),
        row(
            "a name that the service keeps otherwise is not sent for ever",
            provisioned(7)
                .seeing(named(instance(7), "A &amp; B"))
                .having(new Action.Create(SendWindow.ALWAYS)),
            settles(Reason.NOT_ACCEPTED)),
        row(
            "nor is an entry that it normalises",
            provisioned(7).seeing(company(instance(7), "ACME")).having(new Action.Replace(7)),
            settles(Reason.NOT_ACCEPTED)),
        row(
            "a name that PATCH sent and that is kept otherwise is not sent for ever either",
            provisioned(7).seeing(named(instance(7), "A &amp; B")).having(PATCH_OF_NAME),
            settles(Reason.NOT_ACCEPTED)),
        row(
            "nor are tags",
            provisioned(7).seeing(tagged(instance(7), "production")).having(PATCH_OF_TAGS),
            settles(Reason.NOT_ACCEPTED)),
        row(
            "tags that were not sent were not refused",
            provisioned(7).seeing(tagged(instance(7), "production")).having(PATCH_OF_NAME),
            settles(Reason.UPDATING)),
        row(
            "nor was a name that was not sent",
            provisioned(7).seeing(named(instance(7), "Other")).having(PATCH_OF_TAGS),
            settles(Reason.UPDATING)),
        row(
            "nor a configuration, which PATCH does not carry",
            provisioned(7).seeing(company(instance(7), "evil")).having(PATCH_OF_NAME),
            settles(Reason.UPDATING)),
        row(
            "nor a name by switching the instance off",
            provisioned(7)
                .seeing(named(instance(7), "Other"))
                .having(new Action.SetEnabled(7, false)),
            settles(Reason.UPDATING)),
        row(
            "a value that was not accepted last time is not sent again",
            provisioned(7).afterReason(Reason.NOT_ACCEPTED).seeing(named(instance(7), "A &amp; B")),
            settles(Reason.NOT_ACCEPTED)),
        row(
            "one mutation a reconcile: the second waits for the first to be recorded",
            provisioned(7)
                .wanting(false)
                .seeing(instance(7))
                .having(new Action.Create(SendWindow.ALWAYS)),
            settles(Reason.UPDATING)));
  }

  /** Only what a search showed can be told; not having looked is not the same as none. */
  @Test
  void duplicatesAreTaggedInstancesThatAreNotInUse() {
    // Given
    Observation searched =
        Observation.NONE.searched(
            TagMatches.of(
                Stream.of(bare(9), bare(7), bare(8)).map(PlannerInputs::listed).toList()));
    // When
    var duplicates = InstancePlanner.duplicates(searched, 8);
    // Then
    assertThat(duplicates).contains(new TreeSet<>(Set.of(7L, 9L)));
    assertThat(InstancePlanner.duplicates(Observation.NONE.searched(TagMatches.of(List.of())), 8))
        .contains(new TreeSet<>());
    assertThat(InstancePlanner.duplicates(Observation.NONE, 8)).isEmpty();
  }

  private static Arguments row(String why, PlannerInputs given, Predicate<Action> expected) {
    return Arguments.of(why, given, expected);
  }

  private static Predicate<Action> is(Action expected) {
    return expected::equals;
  }

  private static Predicate<Action> settles(Reason reason) {
    return action -> action instanceof Action.Finish(Outcome outcome) && outcome.reason() == reason;
  }

  private static Predicate<Action> finishesUntil(Reason reason, Instant then) {
    return action ->
        action instanceof Action.Finish(Outcome outcome)
            && outcome.reason() == reason
            && outcome.notBefore().equals(Optional.of(then));
  }
}
