package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.CONFIGURATION;
import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.OURS;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.InstanceCall.Create;
import io.cloudelements.connectwise.instance.InstanceCall.Delete;
import io.cloudelements.connectwise.instance.InstanceCall.Done;
import io.cloudelements.connectwise.instance.InstanceCall.FindByTag;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstanceCall.Patch;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstanceCall.ReadAuditLog;
import io.cloudelements.connectwise.instance.InstanceCall.ReadOrganization;
import io.cloudelements.connectwise.instance.InstanceCall.Replace;
import io.cloudelements.connectwise.instance.InstanceCall.SetEnabled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of a call besides how it is written: one row a call, as the contract has it. */
class InstanceCallTest {
  private static final InstanceDefinition ACME = fresh().build().desired().definition();
  private static final SendWindow WINDOW = new SendWindow(NOW, NOW.plusSeconds(30));
  private static final Create CREATE = new Create(ACME, WINDOW);
  private static final Replace REPLACE = new Replace(7, ACME);
  private static final Patch PATCH = new Patch(7, Optional.of("Acme"), Optional.empty());
  private static final Read READ = new Read(7);
  private static final FindByTag FIND = new FindByTag(OURS);
  private static final ListPage LIST = new ListPage(Optional.empty(), PageRequest.LARGEST);
  private static final ReadOrganization WHOSE = new ReadOrganization();
  private static final ReadAuditLog WHO = new ReadAuditLog(7, NOW.minusSeconds(60), NOW);
  private static final SetEnabled ENABLE = new SetEnabled(7, true);
  private static final Delete DELETE = new Delete(7);

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(CREATE, RemoteInstance.class),
        Arguments.of(REPLACE, RemoteInstance.class),
        Arguments.of(PATCH, RemoteInstance.class),
        Arguments.of(READ, RemoteInstance.class),
        Arguments.of(FIND, TagMatches.class),
        Arguments.of(LIST, InstancePage.class),
        Arguments.of(WHOSE, OrganizationAnswer.class),
        Arguments.of(WHO, AuditLogAnswer.class),
        Arguments.of(ENABLE, Done.class),
        Arguments.of(DELETE, Done.class));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void namesTheTypeOfItsAnswer(InstanceCall<?> call, Class<?> answer) {
    assertThat(call.answerType()).isEqualTo(answer);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(CREATE, "create", "POST"),
        Arguments.of(REPLACE, "replace", "PUT"),
        Arguments.of(PATCH, "patch", "PATCH"),
        Arguments.of(READ, "read", "GET"),
        Arguments.of(FIND, "find", "GET"),
        Arguments.of(LIST, "list", "GET"),
        Arguments.of(WHOSE, "organization", "GET"),
        Arguments.of(WHO, "audit log", "GET"),
        Arguments.of(ENABLE, "enable", "PUT"),
        Arguments.of(new SetEnabled(7, false), "disable", "DELETE"),
        Arguments.of(DELETE, "delete", "DELETE"));
  }

  /** Metrics, traces and audit lines name calls so. */
  @ParameterizedTest
  @MethodSource("kinds")
  void hasALabelAndAMethod(InstanceCall<?> call, String label, String method) {
    assertThat(call.kind().label()).isEqualTo(label);
    assertThat(call.kind().method()).isEqualTo(method);
  }

  static Stream<Arguments> setFields() {
    return Stream.of(
        Arguments.of(PATCH, List.of("name")),
        Arguments.of(
            new Patch(7, Optional.of("a"), Optional.of(Set.of())), List.of("name", "tags")),
        Arguments.of(new Patch(7, Optional.empty(), Optional.empty()), List.of()),
        Arguments.of(ENABLE, List.of("enabled")),
        Arguments.of(DELETE, List.of()),
        Arguments.of(READ, List.of()));
  }

  @ParameterizedTest
  @MethodSource("setFields")
  void namesTheFieldsThatItSets(InstanceCall<?> call, List<String> fields) {
    assertThat(call.fieldNames()).isEqualTo(fields);
  }

  /** The names of its entries, and none of their values. */
  @Test
  void namesTheEntriesThatACreationSends() {
    // When
    List<String> fields = CREATE.fieldNames();
    // Then
    assertThat(fields)
        .startsWith("element", "name", "tags")
        .hasSize(3 + CONFIGURATION.entries().size())
        .containsAll(
            CONFIGURATION.entries().keySet().stream().map("configuration."::concat).toList());
    assertThat(REPLACE.fieldNames()).isEqualTo(fields);
  }

  static Stream<Arguments> effects() {
    return Stream.of(
        Arguments.of(CREATE, Effect.UNKNOWN),
        Arguments.of(REPLACE, Effect.UNKNOWN),
        Arguments.of(PATCH, Effect.UNKNOWN),
        Arguments.of(READ, Effect.NONE),
        Arguments.of(FIND, Effect.NONE),
        Arguments.of(LIST, Effect.NONE),
        Arguments.of(WHOSE, Effect.NONE),
        Arguments.of(WHO, Effect.NONE),
        Arguments.of(ENABLE, Effect.UNKNOWN),
        Arguments.of(DELETE, Effect.UNKNOWN));
  }

  /** A mutation without an answer may still have been made; a read has changed nothing. */
  @ParameterizedTest
  @MethodSource("effects")
  void onlyAReadWithoutAnAnswerHasChangedNothing(InstanceCall<?> call, Effect effect) {
    assertThat(call.effectIfUnanswered()).isEqualTo(effect);
    assertThat(call.isRead()).isEqualTo(effect == Effect.NONE);
  }

  static Stream<Arguments> provisioning() {
    return Stream.of(
        Arguments.of(CREATE, true),
        Arguments.of(REPLACE, true),
        Arguments.of(PATCH, false),
        Arguments.of(READ, false),
        Arguments.of(FIND, false),
        Arguments.of(LIST, false),
        Arguments.of(WHOSE, false),
        Arguments.of(ENABLE, false),
        Arguments.of(DELETE, false));
  }

  /** Only a call that provisions sends the configuration, and with it secrets. */
  @ParameterizedTest
  @MethodSource("provisioning")
  void sendsSecretsWhereItProvisions(InstanceCall<?> call, boolean provisions) {
    assertThat(call.provisioned()).isEqualTo(Optional.of(ACME).filter(_ -> provisions));
    assertThat(call.secrets()).isEqualTo(provisions ? CONFIGURATION.secrets() : List.of());
  }

  static Stream<Arguments> reachingConnectWise() {
    return Stream.of(
        Arguments.of(CREATE, true),
        Arguments.of(REPLACE, true),
        Arguments.of(PATCH, true),
        Arguments.of(READ, false),
        Arguments.of(FIND, false),
        Arguments.of(LIST, false),
        Arguments.of(WHOSE, false),
        Arguments.of(ENABLE, false),
        Arguments.of(DELETE, false));
  }

  /** A 401 of ConnectWise must not be taken for one of the account, nor the other way round. */
  @ParameterizedTest
  @MethodSource("reachingConnectWise")
  void mayBeRefusedByConnectWiseWhereItIsPassedOn(InstanceCall<?> call, boolean reaches) {
    assertThat(call.reachesProvider()).isEqualTo(reaches);
  }

  /** What protects against duplicates counts from the recorded intent. */
  @Test
  void onlyACreationHasAWindow() {
    assertThat(CREATE.sendWindow()).isEqualTo(WINDOW);
    assertThat(REPLACE.sendWindow()).isEqualTo(SendWindow.ALWAYS);
  }

  /** A PUT of what was read would store the stars in place of the password (contract §4). */
  @Test
  void isMaskedWhereAValueIsTheMask() {
    // Given
    Configuration masked =
        new Configuration(
            new TreeMap<>(
                Map.of(
                    "helpdesk.connectwise.company", SecretValue.of("acme"),
                    "helpdesk.connectwise.password", SecretValue.of(Configuration.MASK))),
            Set.of());
    InstanceDefinition definition =
        new InstanceDefinition(Element.CONNECTWISE_HD, "Acme", Set.of(), masked);
    // When
    boolean isMasked = new Replace(7, definition).isMasked();
    // Then
    assertThat(isMasked).isTrue();
    assertThat(new Create(definition, WINDOW).isMasked()).isTrue();
    assertThat(REPLACE.isMasked()).isFalse();
    assertThat(READ.isMasked()).isFalse();
  }
}
