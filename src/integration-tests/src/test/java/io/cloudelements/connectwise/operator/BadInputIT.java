package io.cloudelements.connectwise.operator;

import static io.cloudelements.connectwise.operator.TokenSecretAssert.assertThatSecret;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes of people and of the network: told clearly, nothing lost, and no storm of retries. */
@RealOperator
class BadInputIT {
  private static final Duration WATCHED = Duration.ofSeconds(4);
  private static final int TWO_MEGABYTES = 2_000_000;
  private static final String NOT_UTF_8 = "gIGC";

  /**
   * A mistake in Secret or spec.
   *
   * @param credentials how the Secret differs from a good one
   * @param spec a further line of the spec
   */
  private record Mistake(
      String what,
      Consumer<Map<String, String>> credentials,
      List<String> spec,
      String reason,
      List<String> told) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            "a URL that is not allowed",
            keys -> {},
            List.of("baseUrl: https://elsewhere.example.com/elements/api-v2"),
            "BaseUrlNotAllowed",
            List.of("https://elsewhere.example.com", "CLOUD_ELEMENTS_ALLOWED_BASE_URLS")),
        new Mistake(
            "a line break within a secret",
            keys -> keys.put("password", "two\\nlines"),
            List.of(),
            "MalformedEntries",
            List.of("password", "line break")),
        new Mistake(
            "the line break that echo leaves behind",
            keys -> keys.put("userSecret", keys.get("userSecret") + "\\n"),
            List.of(),
            "MalformedEntries",
            List.of("userSecret", "echo -n")),
        new Mistake(
            "an invisible character",
            keys -> keys.put("organizationSecret", keys.get("organizationSecret") + "\u200B"),
            List.of(),
            "MalformedEntries",
            List.of("organizationSecret", Tenant.CREDENTIALS, "U+200B ZERO WIDTH SPACE")),
        new Mistake(
            "a part of a header, pasted",
            keys -> keys.put("userSecret", "User " + keys.get("userSecret")),
            List.of(),
            "MalformedEntries",
            List.of("userSecret", Tenant.CREDENTIALS, "position 1")));
  }

  /** The condition must name the key or field, and no secret may be sent. */
  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsInvalidInputWithoutACall(Mistake mistake, Tenant tenant) {
    // Given
    tenant.appliesCredentials(mistake.credentials());
    // When
    tenant.applies(Tenant.helpDesk("acme", mistake.spec().toArray(String[]::new)));
    // Then
    tenant.awaits(
        "acme",
        acme -> acme.isStalled(mistake.reason()).says(mistake.told().toArray(String[]::new)));
    assertThat(tenant.account().calls()).isEmpty();
  }

  /** A file instead of a text, or one encoding too many. */
  @Test
  void reportsABinaryValueWithoutACall(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    makesPasswordBinary(tenant, Tenant.CREDENTIALS);
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaits(
        "acme", acme -> acme.isStalled("MalformedEntries").says("key password", "not UTF-8"));
    assertThat(tenant.account().calls()).isEmpty();
  }

  /** The API server refuses a mistake that the schema shows, before the resource is stored. */
  @Test
  void serverRefusesAnUnknownHub(Tenant tenant) {
    // Given
    String manifest = Tenant.helpDesk("acme").replace("helpdesk", "sales");
    // When
    Kubectl.KubectlResult refused = tenant.person().triesToApply(manifest);
    // Then
    assertThat(refused.errors()).contains("spec.hub", "supported values: \"helpdesk\", \"crm\"");
    assertThat(tenant.find("acme")).isEmpty();
  }

  /** The answer to a creation cannot be read: the instance is there all the same, and only once. */
  @ParameterizedTest
  @MethodSource("unreadableAnswers")
  void anUnreadableAnswerLosesNoInstance(Fault.OutcomeFault answer, Tenant tenant) {
    // Given
    tenant.account().faultsOn(Route.POST_INSTANCES).first(1).inject(answer);
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme"));
    // Then
    tenant.awaitsReady("acme");
    assertThatSecret(tenant, "acme-token").hasCurrentToken();
    assertThat(tenant.account().mutations().stream().filter(Route.POST_INSTANCES::equals))
        .hasSize(1);
  }

  static Stream<Fault.OutcomeFault> unreadableAnswers() {
    return Stream.of(new Fault.OversizedBody(TWO_MEGABYTES), new Fault.Html(200, true));
  }

  /** A resource in use must survive a long proxy failure, and report it. */
  @ParameterizedTest
  @MethodSource("unreadableReads")
  void anUnreadableReadKeepsReadyAndTheToken(Fault.OutcomeFault answer, Tenant tenant) {
    // Given
    tenant.provisions("acme");
    String token = tenant.deliveredToken("acme-token");
    tenant.account().faultsOn(Route.GET_INSTANCE, Route.GET_INSTANCES).inject(answer);
    // When
    tenant.awaitsReconcile("acme");
    // Then
    tenant.awaits(
        "acme",
        acme -> {
          acme.hasInstance(tenant.account().instance().id()).condition("Ready").isTrue();
          acme.condition("Synced").isFalse().hasReason("UnexpectedAnswer").says("base URL");
        });
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(token);
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  static Stream<Fault.OutcomeFault> unreadableReads() {
    return Stream.of(new Fault.OversizedBody(TWO_MEGABYTES), new Fault.Html(200, false));
  }

  /** Every mistake at once: after it is told, nothing is written, and hardly anything is asked. */
  @Test
  void invalidInputCausesNoHotLoop(Tenant tenant) {
    // Given
    List<Mistake> mistakes = mistakes().toList();
    for (int i = 0; i < mistakes.size(); i++) {
      Map<String, String> keys = tenant.account().credentials();
      mistakes.get(i).credentials().accept(keys);
      tenant.appliesSecret("secret-" + i, keys);
      tenant.applies(
          helpDesk("mistake-" + i, "secret-" + i, mistakes.get(i).spec().toArray(String[]::new)));
    }
    tenant.appliesSecret("binary", tenant.account().credentials());
    makesPasswordBinary(tenant, "binary");
    tenant.applies(helpDesk("binary", "binary"));
    suffers(tenant, "html", new Fault.Html(200, false));
    suffers(tenant, "oversized", new Fault.OversizedBody(TWO_MEGABYTES));
    suffers(tenant, "failing", Fault.Status.of(503));
    suffers(tenant, "rejected", Fault.Status.of(401));
    for (int i = 0; i < mistakes.size(); i++) {
      String reason = mistakes.get(i).reason();
      tenant.awaits("mistake-" + i, mistake -> mistake.isStalled(reason));
    }
    tenant.awaits("binary", binary -> binary.isStalled("MalformedEntries"));
    tenant.awaits("html", html -> html.condition("Ready").hasReason("UnexpectedAnswer"));
    tenant.awaits("oversized", large -> large.condition("Ready").hasReason("UnexpectedAnswer"));
    tenant.awaits("failing", failing -> failing.condition("Ready").hasReason("ServiceFailed"));
    tenant.awaits("rejected", rejected -> rejected.isStalled("AccountRejected"));
    tenant.awaits("the events", () -> assertThat(eventsOfAll(tenant)).hasSize(7));
    // When
    List<String> writes = tenant.writes();
    int calls = tenant.account().callsOfAllAccounts();
    // Then
    Awaitility.await("calm")
        .during(WATCHED)
        .atMost(WATCHED.multipliedBy(2))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> tenant.account().callsOfAllAccounts() - calls <= 6);
    assertThat(tenant.writes()).isEqualTo(writes);
  }

  /** An account of its own, all of whose searches are answered so. */
  private static void suffers(Tenant tenant, String name, Fault.OutcomeFault answer) {
    TenantAccount account = tenant.opensAccount("-" + name);
    account.faultsOn(Route.GET_INSTANCES).inject(answer);
    tenant.appliesSecret(name, account.credentials());
    tenant.applies(helpDesk(name, name, "deletionPolicy: Retain"));
  }

  private static List<String> eventsOfAll(Tenant tenant) {
    return tenant.writes().stream().filter(write -> write.startsWith("create events/")).toList();
  }

  private static String helpDesk(String name, String secret, String... spec) {
    return Tenant.helpDesk(name, spec).replace(Tenant.CREDENTIALS, secret);
  }

  private static void makesPasswordBinary(Tenant tenant, String secret) {
    tenant.person().patches("secret", secret, "{\"data\":{\"password\":\"" + NOT_UTF_8 + "\"}}");
  }
}
