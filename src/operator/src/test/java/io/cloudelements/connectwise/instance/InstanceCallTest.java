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
        Arguments.of(READ, List.of()),
        Arguments.of(FIND, List.of()),
        Arguments.of(LIST, List.of()),
        Arguments.of(WHOSE, List.of()),
        Arguments.of(WHO, List.of()));
  }

  @ParameterizedTest
  @MethodSource("setFields")
  void namesTheFieldsThatItSets(InstanceCall<?> call, List<String> fields) {
    assertThat(call.fieldNames()).isEqualTo(fields);
  }

  /** Audit lines and spans name the instance. */
  @Test
  void namesTheInstanceThatItIsAbout() {
    assertThat(Stream.of(READ, WHO, PATCH, REPLACE, ENABLE, DELETE))
        .allSatisfy(call -> assertThat(call.instanceId()).contains(7L));
    assertThat(Stream.of(CREATE, FIND, LIST, WHOSE))
        .allSatisfy(call -> assertThat(call.instanceId()).isEmpty());
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

  /**
   * What a call does, as the contract has it.
   *
   * @param unanswered what is known where no answer came
   */
  private record Traits(Effect unanswered, boolean provisions, boolean reachesConnectWise) {
    private static final Traits READS = new Traits(Effect.NONE, false, false);
    private static final Traits PROVISIONS = new Traits(Effect.UNKNOWN, true, true);
    private static final Traits IS_PASSED_ON = new Traits(Effect.UNKNOWN, false, true);
    private static final Traits STAYS_HERE = new Traits(Effect.UNKNOWN, false, false);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of(CREATE, Traits.PROVISIONS),
        Arguments.of(REPLACE, Traits.PROVISIONS),
        Arguments.of(PATCH, Traits.IS_PASSED_ON),
        Arguments.of(READ, Traits.READS),
        Arguments.of(FIND, Traits.READS),
        Arguments.of(LIST, Traits.READS),
        Arguments.of(WHOSE, Traits.READS),
        Arguments.of(WHO, Traits.READS),
        Arguments.of(ENABLE, Traits.STAYS_HERE),
        Arguments.of(DELETE, Traits.STAYS_HERE));
  }

  /** A mutation without an answer may still have been made; a read has changed nothing. */
  @ParameterizedTest
  @MethodSource("calls")
  void onlyAReadWithoutAnAnswerHasChangedNothing(InstanceCall<?> call, Traits traits) {
    assertThat(call.effectIfUnanswered()).isEqualTo(traits.unanswered());
    assertThat(call.isRead()).isEqualTo(traits.unanswered() == Effect.NONE);
  }

  /** Only a call that provisions sends the configuration, and with it secrets. */
  @ParameterizedTest
  @MethodSource("calls")
  void sendsSecretsWhereItProvisions(InstanceCall<?> call, Traits traits) {
    assertThat(call.provisioned()).isEqualTo(Optional.of(ACME).filter(_ -> traits.provisions()));
    assertThat(call.secrets()).isEqualTo(traits.provisions() ? CONFIGURATION.secrets() : List.of());
  }

  /** A 401 of ConnectWise must not be taken for one of the account, nor the other way round. */
  @ParameterizedTest
  @MethodSource("calls")
  void mayBeRefusedByConnectWiseWhereItIsPassedOn(InstanceCall<?> call, Traits traits) {
    assertThat(call.reachesProvider()).isEqualTo(traits.reachesConnectWise());
  }

  /** The window that protects against duplicates starts at the recorded intent. */
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
