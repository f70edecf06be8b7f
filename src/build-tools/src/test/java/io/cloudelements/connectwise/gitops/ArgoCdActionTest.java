package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.docs.ExampleInputs;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.LuaError;

/** The scripts of the actions, executed as Argo CD does. */
class ArgoCdActionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LuaScript DISCOVERY = LuaScript.of("actions/discovery.lua");
  private static final Set<ArgoCdAction> CONFIRMATIONS =
      EnumSet.of(
          ArgoCdAction.CONFIRM_RECREATE, ArgoCdAction.CONFIRM_DELETION, ArgoCdAction.TAKE_OVER);

  /** The command line in a message that asks for a confirmation. */
  private static final Pattern ASKED =
      Pattern.compile("kubectl annotate cwi [^)]* (cloudelements\\.io/[a-z-]+)=(\\w+)[);]");

  /** A button that does nothing, or that fits another state, makes a person press the next one. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void offersWhatFitsTheState(Reason reason) {
    // Given
    ObjectNode resource = ExampleResource.of(reason);
    // When
    Set<String> offered = offered(resource);
    // Then
    assertThat(offered)
        .isEqualTo(
            ArgoCdAction.fitting(reason).stream()
                .map(ArgoCdAction::label)
                .collect(Collectors.toSet()));
  }

  static Stream<Arguments> fittingActions() {
    return Stream.of(Reason.values())
        .flatMap(reason ->
            ArgoCdAction.fitting(reason).stream().map(action -> Arguments.of(reason, action)));
  }

  /** A name that is not the operator's is a change without effect. */
  @ParameterizedTest
  @MethodSource("fittingActions")
  void changesOnlyWhatTheOperatorReads(Reason reason, ArgoCdAction action) {
    // Given
    ObjectNode resource = ExampleResource.of(reason);
    // When
    JsonNode changed = run(action, resource);
    // Then
    Optional<Instant> time = takeTime(changed);
    assertThat(time.isPresent()).isEqualTo(action == ArgoCdAction.RECONCILE);
    assertThat(changed).isEqualTo(LuaScript.same(action.applied(resource)));
  }

  /** The time of the request is another one each time, so it is compared as what it is. */
  private static Optional<Instant> takeTime(JsonNode changed) {
    JsonNode annotations = changed.at("/metadata/annotations");
    if (!annotations.has(Annotations.RECONCILE_REQUESTED_AT)) {
      return Optional.empty();
    }
    Instant time = Instant.parse(annotations.get(Annotations.RECONCILE_REQUESTED_AT).asText());
    ((ObjectNode) annotations).put(Annotations.RECONCILE_REQUESTED_AT, ArgoCdAction.SOME_TIME);
    return Optional.of(time);
  }

  /**
   * A confirmation is worth the value that it names, and the operator's message says which. A
   * changed account is the one that is confirmed by hand.
   */
  @ParameterizedTest
  @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCOUNT_CHANGED")
  void confirmsWhatTheMessageAsksFor(Reason reason) {
    // Given
    ObjectNode resource = ExampleResource.of(reason);
    Matcher asked = ASKED.matcher(resource.at("/status/conditions").toString());
    // When
    Set<ArgoCdAction> confirmations = EnumSet.copyOf(CONFIRMATIONS);
    confirmations.removeIf(action -> !offered(resource).contains(action.label()));
    // Then
    assertThat(confirmations).hasSize(asked.find() ? 1 : 0);
    for (ArgoCdAction confirmation : confirmations) {
      assertThat(run(confirmation, resource).at("/metadata/annotations").properties())
          .containsExactly(
              Map.entry(asked.group(1), JSON.getNodeFactory().textNode(asked.group(2))));
    }
  }

  /** Read by the operator's own code, and not only spelled alike. */
  @ParameterizedTest
  @CsvSource({
    "RECREATION_HELD, CONFIRM_RECREATE",
    "RECREATION_DELAYED, CONFIRM_RECREATE",
    "NOT_FOUND, CONFIRM_RECREATE",
    "DELETION_HELD, CONFIRM_DELETION",
    "OWNED_BY_ANOTHER, TAKE_OVER",
    "OWNERSHIP_NOT_SHOWN, TAKE_OVER"
  })
  void theOperatorReadsTheConfirmation(Reason reason, ArgoCdAction action) throws IOException {
    // Given
    JsonNode changed = run(action, ExampleResource.of(reason));
    // When
    DesiredInstance desired =
        ExampleInputs.desired(JSON.treeToValue(changed, ConnectWiseInstance.class));
    // Then
    assertThat(confirmed(action, desired)).contains("1234");
  }

  private static Optional<String> confirmed(ArgoCdAction action, DesiredInstance desired) {
    return switch (action) {
      case TAKE_OVER -> desired.takeOver();
      case CONFIRM_RECREATE -> desired.confirmations().recreate();
      case CONFIRM_DELETION -> desired.confirmations().deletion();
      case RECONCILE, SUSPEND, RESUME -> Optional.empty();
    };
  }

  /**
   * An action can also be run by its name. A confirmation that is written before it is asked for
   * would confirm a loss that no person has looked at.
   */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void aConfirmationThatIsNotAskedForIsRefused(StatusFixture fixture) {
    // Given
    JsonNode resource = JSON.valueToTree(fixture.resource());
    Set<ArgoCdAction> others = EnumSet.copyOf(CONFIRMATIONS);
    others.removeAll(ArgoCdAction.fitting(fixture.reason()));
    // When // Then
    refuses(others, resource);
  }

  /** Only what is always offered, and nothing else works. */
  private static void offersNoConfirmation(JsonNode resource) {
    assertThat(offered(resource)).containsExactly("reconcile", "suspend");
    refusesWhatIsNotOffered(resource);
  }

  private static void refusesWhatIsNotOffered(JsonNode resource) {
    Set<ArgoCdAction> others = EnumSet.copyOf(CONFIRMATIONS);
    others.removeIf(action -> offered(resource).contains(action.label()));
    refuses(others, resource);
  }

  private static void refuses(Set<ArgoCdAction> actions, JsonNode resource) {
    assertThat(actions)
        .allSatisfy(action ->
            assertThatThrownBy(() -> run(action, resource))
                .isInstanceOf(LuaError.class)
                .hasMessageContaining("this resource waits for no confirmation"));
  }

  /** Nothing has been reported yet, or what was reported is about another spec. */
  @Test
  void offersNoConfirmationBeforeTheOperatorHasSeenTheSpec() {
    // Given
    ObjectNode changed = ExampleResource.changed(ExampleResource.of(Reason.RECREATION_HELD));
    // When
    Set<String> offered = offered(changed);
    // Then
    assertThat(offered)
        .isEqualTo(offered(ExampleResource.fresh()))
        .doesNotContain("confirm-recreate");
    refusesWhatIsNotOffered(changed);
  }

  /** Observe and Plan change nothing at the service, also after a confirmation. */
  @ParameterizedTest
  @CsvSource({"RECREATION_HELD", "NOT_FOUND", "OWNED_BY_ANOTHER"})
  void offersNoConfirmationToAResourceThatOnlyLooks(Reason reason) {
    // Given
    ObjectNode resource = ExampleResource.of(reason);
    ((ObjectNode) resource.get("spec")).put("managementPolicy", "Observe");
    // When // Then
    offersNoConfirmation(resource);
  }

  /** Which of the two the message is about, a script cannot know. */
  @Test
  void offersNoTakeOverWhereSpecAndStatusNameDifferentInstances() {
    // Given
    ObjectNode resource = ExampleResource.of(Reason.OWNED_BY_ANOTHER);
    ((ObjectNode) resource.get("status")).put("instanceId", 1100);
    // When // Then
    offersNoConfirmation(resource);
  }

  /** The annotation is followed once; setting it to the same value is no new confirmation. */
  @Test
  void offersNoTakeOverThatWasFollowedBefore() {
    // Given
    ObjectNode resource = ExampleResource.of(Reason.OWNED_BY_ANOTHER);
    ((ObjectNode) resource.get("status")).put("lastHandledTakeOver", "1234");
    // When // Then
    offersNoConfirmation(resource);
  }

  private static Set<String> offered(JsonNode resource) {
    Set<String> offered = new TreeSet<>();
    DISCOVERY.run(resource).fieldNames().forEachRemaining(offered::add);
    return offered;
  }

  private static JsonNode run(ArgoCdAction action, JsonNode resource) {
    return LuaScript.of("actions/" + action.label() + "/action.lua").run(resource);
  }
}
