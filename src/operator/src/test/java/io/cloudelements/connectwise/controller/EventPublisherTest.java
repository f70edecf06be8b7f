package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events as the API server accepts them. */
class EventPublisherTest {
  private final KubernetesClient unused = new KubernetesClientBuilder().build();
  private final EventPublisher publisher =
      new EventPublisher(
          unused,
          "operator-1",
          () -> Instant.parse("2026-11-24T10:00:00.000001Z"),
          RandomGenerator.getDefault());

  @AfterEach
  void close() {
    unused.close();
  }

  /** The server counts bytes and refuses the event otherwise; half a character is none. */
  @Test
  void truncatesALongNoteByBytes() {
    // Given
    EventRecord eventRecord = new EventRecord(true, "ProviderRejected", "Schlüssel ".repeat(150));
    // When
    Event event = publisher.event(ConnectWiseInstance.class, about("acme"), eventRecord);
    // Then
    assertThat(event.getNote().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
    assertThat(event.getNote()).startsWith("Schlüssel ").endsWith("…");
    assertThat(event.getType()).isEqualTo("Warning");
  }

  /** The server wants six digits, no more and no less. */
  @Test
  void eventTimeHasSixFractionalDigits() {
    // Given
    EventRecord eventRecord = new EventRecord(false, "Provisioned", "Instance 7 is provisioned.");
    // When
    Event event = publisher.event(ConnectWiseInstance.class, about("acme"), eventRecord);
    // Then
    assertThat(event.getEventTime().getTime()).isEqualTo("2026-11-24T10:00:00.000001Z");
  }

  /** A resource's name may be as long as an event's, which has a suffix besides. */
  @Test
  void truncatesALongNameForTheSuffix() {
    // Given
    String name = "a".repeat(253);
    // When
    Event event =
        publisher.event(
            ConnectWiseInstance.class, about(name), new EventRecord(false, "Provisioned", "Done."));
    // Then
    assertThat(event.getMetadata().getName()).hasSizeLessThanOrEqualTo(253);
    assertThat(event.getRegarding().getName()).isEqualTo(name);
  }

  /** They would fill the API server's store, on behalf of the user who changes the resource. */
  @Test
  void publishesABoundedNumberOfEventsOfAResource() {
    // Given
    AtomicInteger created = new AtomicInteger();
    EventPublisher counted =
        new EventPublisher(
            counting(created), "operator-1", InstantSource.system(), RandomGenerator.getDefault());
    // When
    IntStream.range(0, 1_000)
        .forEach(i -> counted.publish(about("acme"), new EventRecord(true, "Stalled", "No " + i)));
    // Then
    assertThat(created).hasValue(EventBudget.BURST);
  }

  private static KubernetesClient counting(AtomicInteger created) {
    return (KubernetesClient)
        Proxy.newProxyInstance(
            KubernetesClient.class.getClassLoader(),
            new Class<?>[] {KubernetesClient.class, NamespaceableResource.class},
            (proxy, method, _) -> {
              if (method.getName().equals("create")) {
                created.incrementAndGet();
                return null;
              }
              return proxy;
            });
  }

  private static ResourceRef about(String name) {
    return new ResourceRef(new ResourceId("integrations", name), "uid-1", "10");
  }
}
