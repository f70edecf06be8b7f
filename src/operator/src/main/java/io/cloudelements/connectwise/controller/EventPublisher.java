package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes {@code events.k8s.io/v1} events. Best effort: a failed write is logged, never retried,
 * and does not fail the reconcile. Of a resource with too many events further ones are left out.
 */
public final class EventPublisher {
  static final String REPORTING_CONTROLLER = "cloudelements.io/connectwise-operator";

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  /** The API server wants exactly six digits. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int MAX_NOTE_BYTES = 1024;
  private static final int MAX_INSTANCE = 128;

  /** A name may have 253 characters; 17 are for the suffix. */
  private static final int MAX_PREFIX = 236;

  private final KubernetesClient client;
  private final String instance;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final EventBudget budget = new EventBudget(System::nanoTime);

  /**
   * @param client should try once only
   * @param instance who reports: the pod's name
   */
  public EventPublisher(
      KubernetesClient client, String instance, InstantSource clock, RandomGenerator random) {
    this.client = client;
    this.instance = instance.substring(0, Math.min(instance.length(), MAX_INSTANCE));
    this.clock = clock;
    this.random = random;
  }

  /** About one of our resources. */
  void publish(ResourceRef about, EventRecord record) {
    publish(ConnectWiseInstance.class, about, record);
  }

  void publish(Class<? extends HasMetadata> kind, ResourceRef about, EventRecord record) {
    if (!budget.spend(about.uid())) {
      LOG.debug("Event {} about {} is left out: it had too many", record.reason(), about.id());
      return;
    }
    try {
      client.resource(event(kind, about, record)).create();
    } catch (KubernetesClientException e) {
      LOG.atLevel(isNamespaceGoing(e) ? Level.DEBUG : Level.WARN)
          .log(
              "Event {} about {} cannot be published ({}): {}",
              record.reason(),
              about.id(),
              ApiServerFailure.of(e),
              record.message());
    }
  }

  /** In a namespace that is being deleted no event can be created. */
  private static boolean isNamespaceGoing(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getDetails()))
        .filter(details ->
            details.getCauses().stream()
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason())))
        .isPresent();
  }

  Event event(Class<? extends HasMetadata> kind, ResourceRef about, EventRecord record) {
    String name = about.id().name();
    String prefix = name.substring(0, Math.min(name.length(), MAX_PREFIX));
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.id().namespace())
        .withName("%s.%016x".formatted(prefix, random.nextLong()))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withReportingController(REPORTING_CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Reconcile")
        .withReason(record.reason())
        .withType(record.warning() ? "Warning" : "Normal")
        .withNote(bounded(record.message()))
        .withNewRegarding()
        .withApiVersion(HasMetadata.getApiVersion(kind))
        .withKind(HasMetadata.getKind(kind))
        .withNamespace(about.id().namespace())
        .withName(name)
        .withUid(about.uid())
        .withResourceVersion(about.version())
        .endRegarding()
        .build();
  }

  /** The API server counts bytes. */
  private static String bounded(String note) {
    if (note.getBytes(StandardCharsets.UTF_8).length <= MAX_NOTE_BYTES) {
      return note;
    }
    int end = Math.min(note.length(), MAX_NOTE_BYTES);
    while (note.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_NOTE_BYTES - 3) {
      end = note.offsetByCodePoints(end, -1);
    }
    return note.substring(0, end) + "…";
  }
}
