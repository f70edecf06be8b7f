package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SendWindow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewTest {
  private static final String TAGS =
      "[b, connectwise-operator, " + OwnershipTag.of("cluster-a", ReconcileInputs.ID) + "]";
  private static final String CONFIGURATION =
      "[helpdesk.connectwise.company, helpdesk.connectwise.password,"
          + " helpdesk.connectwise.server.url, helpdesk.connectwise.username]";
  private static final String SECRET =
      "Secret acme-helpdesk-token keys=[element-key, hub, instance-id, provider, token, type, uri]";
  private static final RemoteInstance INSTANCE = RemoteInstances.bare(7, "t");

  static Stream<Arguments> mutations() {
    return Stream.of(
        Arguments.of(
            new Action.Create(SendWindow.ALWAYS),
            "POST /instances element=connectwisehd name=Acme tags=%s configuration=%s"
                .formatted(TAGS, CONFIGURATION)),
        Arguments.of(
            new Action.Replace(7),
            "PUT /instances/7 element=connectwisehd name=Acme tags=%s configuration=%s"
                .formatted(TAGS, CONFIGURATION)),
        Arguments.of(
            new Action.Patch(7, Optional.of("Acme"), Optional.of(Set.of("b", "a"))),
            "PATCH /instances/7 name=Acme tags=[a, b]"),
        Arguments.of(
            new Action.Patch(7, Optional.empty(), Optional.of(Set.of())),
            "PATCH /instances/7 tags=[]"),
        Arguments.of(
            new Action.Patch(7, Optional.of("Acme"), Optional.empty()),
            "PATCH /instances/7 name=Acme"),
        Arguments.of(new Action.SetEnabled(7, true), "PUT /instances/7/enabled"),
        Arguments.of(new Action.SetEnabled(7, false), "DELETE /instances/7/enabled"),
        Arguments.of(new Action.Delete(new TreeSet<>(Set.of(8L, 7L))), "DELETE /instances [7, 8]"));
  }

  /** These lines are read in a review, and may be shown to any user. */
  @ParameterizedTest
  @MethodSource("mutations")
  void aPlanLineNamesTheCallWithoutSecrets(Action.Mutation mutation, String expected) {
    // Given
    Preview plan = plan(snapshots());
    // When
    List<String> lines = plan.lines(mutation, Optional.empty());
    // Then
    assertThat(lines).containsExactly(expected, "create " + SECRET);
    assertThat(lines.toString())
        .doesNotContain("the-user-secret", "the-organization-secret", "hunter2");
  }

  @Test
  void plansNoWriteOfACorrectTokenSecret() {
    // Given
    ReconcileInputs right = snapshots();
    right.with(
        right
            .build()
            .tokenSecret(plan(right).desired(), INSTANCE.id(), INSTANCE.token())
            .orElseThrow());
    // When
    List<String> lines = plan(right).afterwards(Optional.of(INSTANCE));
    // Then
    assertThat(lines).isEmpty();
    assertThat(plan(right).afterwards(Optional.empty()))
        .as("the token of an instance that is not there yet is another one")
        .containsExactly("update " + SECRET);
  }

  @Test
  void plansTheUpdateOfADifferentTokenSecret() {
    // Given
    Preview plan = plan(snapshots().withToken("acme-helpdesk-token", "another"));
    // When
    List<String> lines = plan.afterwards(Optional.of(INSTANCE));
    // Then
    assertThat(lines).containsExactly("update " + SECRET);
  }

  /** An application mounts them: a review has to see that one comes or goes. */
  @Test
  void namesTheKeysOfTheTemplateWithoutTheirTexts() {
    // Given
    Preview plan =
        plan(
            ReconcileInputs.helpdesk(
                "managementPolicy: Plan",
                "tokenSecret: {template: {header: 'Element $(token)', .env: 'x'}}"));
    // When
    List<String> lines = plan.afterwards(Optional.empty());
    // Then
    assertThat(lines)
        .containsExactly(
            "create Secret acme-helpdesk-token keys=[.env, element-key, header, hub, instance-id,"
                + " provider, token, type, uri]");
  }

  @ParameterizedTest
  @CsvSource({
    "OWNED_BY_ANOTHER, OWNED_BY_ANOTHER",
    "OWNERSHIP_NOT_SHOWN, OWNERSHIP_NOT_SHOWN",
    "TIMED_OUT,        TIMED_OUT",
    "SUSPENDED,        SUSPENDED",
    "AVAILABLE,        PLANNED",
    "DISABLED,         PLANNED",
    "NOT_ACCEPTED,     PLANNED",
    "AWAITING_OUTCOME, PLANNED",
  })
  void keepsBlockingReasonsAndPlansOthers(Reason settled, Reason expected) {
    // Given
    Outcome outcome = Outcome.of(settled, "Message.");
    // When
    Outcome planned = plan(snapshots()).outcome(outcome, Optional.empty());
    // Then
    assertThat(planned.reason()).isEqualTo(expected);
    assertThat(planned.message())
        .isEqualTo(
            settled == expected
                ? "Message."
                : "managementPolicy is Plan: no remote change is due. Message.");
  }

  @Test
  void theOutcomePointsToThePlan() {
    // Given
    Preview plan = plan(snapshots());
    // When
    Outcome outcome = plan.outcome();
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.PLANNED);
    assertThat(outcome.message()).contains("status.plan lists what Manage would do next");
  }

  static Stream<Arguments> underMode() {
    UnaryOperator<ReconcileInputs> same = given -> given;
    return Stream.of(
        Arguments.of("as reported", "", same, Reason.AVAILABLE, Reason.AVAILABLE),
        Arguments.of(
            "asked for by itself",
            "managementPolicy: Plan",
            same,
            Reason.AVAILABLE,
            Reason.PLANNED),
        Arguments.of(
            "with another Secret",
            "",
            change(given -> given.withToken("acme-helpdesk-token", "another")),
            Reason.AVAILABLE,
            Reason.PLANNED),
        Arguments.of(
            "reported otherwise",
            "",
            change(given -> given.reporting(reported(Reason.DISABLED))),
            Reason.AVAILABLE,
            Reason.PLANNED),
        Arguments.of(
            "of another generation",
            "",
            change(given ->
                given.reporting(Resources.status(2L, 7L, "account-1", "acme-helpdesk-token"))),
            Reason.AVAILABLE,
            Reason.PLANNED),
        Arguments.of(
            "not settled",
            "",
            change(given -> given.reporting(reported(Reason.AWAITING_OUTCOME))),
            Reason.AWAITING_OUTCOME,
            Reason.PLANNED));
  }

  /** The mode ends again, and until then an alert for each resource would say nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("underMode")
  void keepsWhatManageReportedUnderTheOperatorsModeAlone(
      String what,
      String line,
      UnaryOperator<ReconcileInputs> change,
      Reason settled,
      Reason expected) {
    // Given
    Preview plan = underMode(change.apply(converged(line)));
    // When
    Outcome outcome = plan.outcome(Outcome.of(settled, "Message."), Optional.of(INSTANCE));
    // Then
    assertThat(outcome.reason()).isEqualTo(expected);
  }

  /** A reader looks for what to change: the resource, or the operator. */
  @ParameterizedTest
  @CsvSource({
    "'', PLAN, OPERATING_MODE",
    "managementPolicy: Observe, PLAN, OPERATING_MODE",
    "managementPolicy: Plan, PLAN, managementPolicy",
    "managementPolicy: Plan, MANAGE, managementPolicy",
  })
  void saysWhatAsksForAPlan(String line, ManagementPolicy mode, String source) {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk(line).build().in(mode);
    // When
    Outcome outcome = new Preview(input, plan(snapshots()).desired()).outcome();
    // Then
    assertThat(outcome.message()).startsWith(source + " is Plan: nothing is changed");
  }

  @Test
  void anInstanceThatIsGoneIsNamed() {
    // Given
    Preview plan = plan(snapshots());
    // When
    Outcome outcome = plan.outcomeOfGone(7);
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(outcome.message())
        .startsWith("Instance 7 is gone")
        .contains("managementPolicy is Plan: nothing is changed");
  }

  /** The Secret would be this resource's from then on. */
  @Test
  void namesTheSecretThatWouldBeTakenUp() {
    // Given
    Preview plan = plan(snapshots());
    // When
    String line = plan.line(new Action.TakeUpSecret("restored"));
    // Then
    assertThat(line)
        .isEqualTo("update Secret restored ownerReferences=[ConnectWiseInstance/acme-helpdesk]");
  }

  private static UnaryOperator<ReconcileInputs> change(UnaryOperator<ReconcileInputs> change) {
    return change;
  }

  private static ConnectWiseInstanceStatus reported(Reason reason) {
    return Resources.reporting(
        Resources.status(3L, 7L, "account-1", "acme-helpdesk-token"), reason);
  }

  /** Manage reported it, and would write nothing. */
  private static ReconcileInputs converged(String line) {
    ReconcileInputs given = ReconcileInputs.helpdesk(line).reporting(reported(Reason.AVAILABLE));
    return given.with(
        given
            .build()
            .tokenSecret(plan(given).desired(), INSTANCE.id(), INSTANCE.token())
            .orElseThrow());
  }

  private static Preview underMode(ReconcileInputs given) {
    return new Preview(given.build().in(ManagementPolicy.PLAN), plan(given).desired());
  }

  private static ReconcileInputs snapshots() {
    return ReconcileInputs.helpdesk("name: Acme", "tags: [b]", "managementPolicy: Plan");
  }

  private static Preview plan(ReconcileInputs given) {
    ReconcileInput input = given.build();
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    return new Preview(input, ((DesiredResolver.Resolution.Resolved) resolution).desired());
  }
}
