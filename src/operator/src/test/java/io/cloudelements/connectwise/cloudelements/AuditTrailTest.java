package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cloudelements.connectwise.audit.AuditKey;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** One line for each call that changes something, with every outcome. */
class AuditTrailTest {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @RegisterExtension final SimulatedService service = new SimulatedService();

  private final Logger audit = (Logger) LoggerFactory.getLogger(AuditTrail.LOGGER);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level before;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock(NOON);

  @BeforeEach
  void listen() {
    before = audit.getLevel();
    audit.setLevel(Level.INFO);
    log.start();
    audit.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    audit.detachAppender(log);
    audit.setLevel(before);
  }

  static List<Arguments> faults() {
    return List.of(
        fault("503", Fault.Status.of(503), "service_failed unknown 503"),
        fault("400", Fault.Status.of(400), "provider_rejected none 400"),
        fault("answer lost", new Fault.AppliedResponseLost(), "connection_lost unknown "),
        fault("never answered", new Fault.Hang(true), "timed_out unknown "),
        fault("a page", new Fault.Html(200, true), "unexpected_answer unknown 200"),
        fault(
            "429",
            new Fault.TooManyRequests(Fault.TooManyRequests.RetryAfterFormat.NONE, Duration.ZERO),
            "rate_limited none 429"));
  }

  private static Arguments fault(String name, Fault fault, String told) {
    return argumentSet(name, fault, told);
  }

  /** A lost answer is the one case in which the service may know more than the operator. */
  @ParameterizedTest
  @MethodSource("faults")
  void writesOneLineForACallThatFails(Fault fault, String told) {
    // Given
    service.simulator().faults().on(Route.POST_INSTANCES).inject(fault);
    // When
    failure(() -> audited().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS));
    // Then
    Map<String, String> line = onlyLine();
    assertThat(String.join(" ", line.get("outcome"), line.get("effect"), line.get("status")))
        .isEqualTo(told);
    assertThat(line).containsEntry("instanceId", "");
    assertThat(mutations("create", line.get("outcome"))).isEqualTo(1);
  }

  /** In the order of the service's own journal: each line has its call, and each call its line. */
  @Test
  void linesAreTheJournal() {
    // Given
    InstancesApi api = audited();
    AccountAccess account = service.account();
    // When
    long id = api.create(account, ApiSamples.definition(), SendWindow.ALWAYS).id();
    api.read(account, id);
    api.listPage(account, PageRequest.LARGEST);
    api.patch(account, id, Optional.of("Acme"), Optional.of(Set.of("a")));
    api.patch(account, id, Optional.empty(), Optional.empty());
    api.replace(account, id, ApiSamples.definition());
    api.setEnabled(account, id, false);
    api.setEnabled(account, id, true);
    api.readOrganization(account);
    api.delete(account, id);
    failure(() -> api.delete(account, id));
    // Then
    List<String> journal =
        service.simulator().journal().calls().stream()
            .filter(call -> !call.method().equals("GET"))
            .map(AuditTrailTest::told)
            .toList();
    assertThat(lines())
        .extracting(line -> line.get("method") + " " + line.get("status"))
        .isEqualTo(journal);
    assertThat(lines())
        .extracting(line -> line.get("kind") + " " + line.get("fields"))
        .contains("patch name,tags", "patch ", "disable enabled", "enable enabled", "delete ");
    assertThat(lines())
        .allSatisfy(line -> {
          assertThat(line).containsEntry("instanceId", Long.toString(id));
          assertThat(line).containsEntry("account", account.account().fingerprint());
          assertThat(line.get("requestId")).isNotEmpty();
        });
    assertThat(mutations("delete", "not_found")).isEqualTo(1);
  }

  /** Collectors index by these names; a key that is missing now and then breaks a query. */
  @Test
  void everyLineHasAllKeysOnceAtInfo() {
    // When
    audited().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS);
    failure(() -> audited().delete(service.account(), 4711));
    // Then
    assertThat(log.list)
        .hasSize(2)
        .allSatisfy(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.INFO);
          assertThat(event.getKeyValuePairs())
              .extracting(pair -> pair.key)
              .containsExactlyElementsOf(
                  Arrays.stream(AuditKey.values()).map(AuditKey::label).toList());
        });
  }

  /** A call that was refused before it reached the service has a line too. */
  @Test
  void writesOneLineForACallThatIsRefusedBeforeTheWire() {
    // Given
    InstanceDefinition sample = ApiSamples.definition();
    TreeMap<String, SecretValue> masked = new TreeMap<>();
    masked.put("helpdesk.connectwise.password", SecretValue.of(Configuration.MASK));
    InstanceDefinition maskedSample =
        new InstanceDefinition(
            sample.element(), sample.name(), sample.tags(), new Configuration(masked, Set.of()));
    // When
    failure(() ->
        audited()
            .create(
                service.account(),
                sample,
                new SendWindow(NOON.minusSeconds(9), NOON.minusSeconds(1))));
    failure(() -> audited().replace(service.account(), 7, maskedSample));
    // Then
    assertThat(lines())
        .extracting(line -> line.get("kind") + " " + line.get("outcome") + " " + line.get("effect"))
        .containsExactly("create not_sent none", "replace not_sent none");
    assertThat(service.simulator().journal().count()).isZero();
  }

  /** The trail must not have a gap where the operator has a defect. */
  @Test
  void writesOneLineWhereTheOperatorFails() {
    // Given
    InstancesApi broken =
        new AuditTrail(meters, clock)
            .around(
                new InstancesApi() {
                  @Override
                  public <T> T call(AccountAccess access, InstanceCall<T> call) {
                    throw new IllegalStateException("defect");
                  }
                });
    // When
    assertThatIllegalStateException().isThrownBy(() -> broken.delete(service.account(), 7));
    // Then
    assertThat(onlyLine())
        .containsEntry("outcome", "defect")
        .containsEntry("effect", "unknown")
        .containsEntry("instanceId", "7");
  }

  /** Names of entries are told, their values never, even where the service quotes them. */
  @Test
  void holdsNoSecret() {
    // Given
    service.behaves(behaviour -> behaviour.masked = Set.of());
    InstanceDefinition sample = ApiSamples.definition();
    service
        .simulator()
        .faults()
        .on(Route.PUT_INSTANCE)
        .inject(
            new Fault.Status(
                400,
                Map.of("Elements-Request-Id", secrets(sample).getFirst()),
                "{\"requestId\":\"%1$s\",\"message\":\"%1$s\"}"
                    .formatted(secrets(sample).getFirst()),
                false));
    // When
    long id = audited().create(service.account(), sample, SendWindow.ALWAYS).id();
    failure(() -> audited().replace(service.account(), id, sample));
    // Then
    assertThat(log.list).hasSize(2);
    assertThat(lines().getFirst().get("fields")).contains("configuration.helpdesk.connectwise.");
    assertThat(log.list.toString() + lines()).doesNotContain(secrets(sample));
  }

  private List<String> secrets(InstanceDefinition definition) {
    List<String> values =
        definition.configuration().secrets().stream().map(SecretValue::reveal).toList();
    assertThat(values).isNotEmpty();
    return Stream.concat(
            values.stream(), service.account().secrets().stream().map(SecretValue::reveal))
        .toList();
  }

  /** A Secret may name entries for 64 KiB; what cuts such a line would cut the outcome off. */
  @Test
  void boundsTheNamesOfFields() {
    // Given
    TreeMap<String, SecretValue> many = new TreeMap<>();
    for (int i = 0; i < 256; i++) {
      many.put("event.%03d".formatted(i) + "x".repeat(200), SecretValue.of("value"));
    }
    InstanceDefinition sample = ApiSamples.definition();
    InstanceDefinition large =
        new InstanceDefinition(
            sample.element(), sample.name(), sample.tags(), new Configuration(many, Set.of()));
    service.simulator().faults().on(Route.POST_INSTANCES).inject(Fault.Status.of(400));
    // When
    failure(() -> audited().create(service.account(), large, SendWindow.ALWAYS));
    // Then
    assertThat(onlyLine().get("fields"))
        .hasSizeLessThan(4_200)
        .startsWith("element,name,tags,configuration.event.000x")
        .endsWith("more");
  }

  /** As in the operator: what refuses is inside, what sees the answer innermost. */
  private InstancesApi audited() {
    return new AuditTrail(meters, clock)
        .around(
            new RateLimitedInstancesApi(
                service.client(DEADLINE, AuditTrail.calls()),
                QueueSettings.DEFAULTS,
                clock,
                clock,
                QueueObserver.NONE));
  }

  private static String told(Call call) {
    return call.method()
        + " "
        + (call.status().isPresent() ? Integer.toString(call.status().getAsInt()) : "");
  }

  private double mutations(String kind, String outcome) {
    return meters
        .get("connectwise.mutations")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private Map<String, String> onlyLine() {
    assertThat(log.list).hasSize(1);
    return lines().getFirst();
  }

  private List<Map<String, String>> lines() {
    return log.list.stream()
        .map(event ->
            event.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))))
        .toList();
  }
}
