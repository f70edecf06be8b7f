package io.cloudelements.connectwise.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.simulator.ServerCertificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Stops time between two writes of the operator: the API server asks here, by an admission webhook,
 * before it makes one in that namespace, and waits for the answer. So a process can be killed
 * exactly before a write, or after it and before it has read the answer; watching the API server
 * could only come close.
 */
final class WriteBarrier implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "127.0.0.1";
  private static final String PROBE = "write-gate-probe";

  /** Longer than anything is held, shorter than the API server's patience. */
  private static final int TIMEOUT_SECONDS = 30;

  /**
   * A write that the API server asks about.
   *
   * @param what {@code connectwiseinstances}, {@code connectwiseinstances/status} or {@code
   *     secrets}
   * @param object as it will be
   */
  record PendingWrite(String what, String name, JsonNode object) {}

  private record Held(PendingWrite write, String uid, HttpServerRequest question) {}

  private final KubernetesClient client;
  private final ValidatingWebhookConfiguration webhook;
  private final Vertx vertx = Vertx.vertx();
  private final Predicate<PendingWrite> holds;
  private final List<Held> held = new ArrayList<>();
  private boolean open;
  private volatile boolean asked;

  private WriteBarrier(KubernetesClient client, String namespace, Predicate<PendingWrite> holds) {
    this.client = client;
    this.holds = holds;
    ServerCertificate certificate = ServerCertificate.selfSigned();
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(HOST)
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(certificate.key()));
    server
        .requestHandler(question -> question.body().onSuccess(body -> review(question, body)))
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    webhook =
        client.resource(configuration(namespace, certificate.pem(), server.actualPort())).create();
    awaitQuestions(namespace);
  }

  /** The API server begins to ask a moment after it has taken the configuration. */
  private void awaitQuestions(String namespace) {
    Secret probe =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(PROBE)
            .endMetadata()
            .build();
    await("the API server asks the gate")
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          client.resource(probe).dryRun(true).create();
          return asked;
        });
  }

  /** Holds the writes of that namespace for which the predicate is true; all others pass. */
  static WriteBarrier holding(
      KubernetesClient client, String namespace, Predicate<PendingWrite> holds) {
    return new WriteBarrier(client, namespace, holds);
  }

  private static ValidatingWebhookConfiguration configuration(
      String namespace, String certificate, int port) {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("write-gate-" + namespace)
        .endMetadata()
        .addNewWebhook()
        .withName("write-gate.test.cloudelements.io")
        .withNewClientConfig()
        .withUrl("https://%s:%d/".formatted(HOST, port))
        .withCaBundle(
            Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)))
        .endClientConfig()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .endNamespaceSelector()
        .addToRules(
            new RuleWithOperationsBuilder()
                .withApiGroups("cloudelements.io")
                .withApiVersions("v1")
                .withResources("connectwiseinstances", "connectwiseinstances/status")
                .withOperations("UPDATE")
                .build(),
            new RuleWithOperationsBuilder()
                .withApiGroups("")
                .withApiVersions("v1")
                .withResources("secrets")
                .withOperations("CREATE")
                .build())
        .withFailurePolicy("Fail")
        .withSideEffects("None")
        .withTimeoutSeconds(TIMEOUT_SECONDS)
        .withAdmissionReviewVersions("v1")
        .endWebhook()
        .build();
  }

  private void review(HttpServerRequest question, Buffer body) {
    JsonNode request = parsed(body).path("request");
    String part = request.path("subResource").asText();
    PendingWrite write =
        new PendingWrite(
            request.path("resource").path("resource").asText() + (part.isEmpty() ? "" : "/" + part),
            request.path("name").asText(),
            request.path("object"));
    Held now = new Held(write, request.path("uid").asText(), question);
    asked = asked || write.name().equals(PROBE);
    synchronized (held) {
      if (!open && holds.test(write)) {
        held.add(now);
        return;
      }
    }
    answer(now, true);
  }

  /** The names of what is being held. */
  List<String> held() {
    synchronized (held) {
      return held.stream().map(one -> one.write().name()).toList();
    }
  }

  /** Lets what is held pass where the predicate is true. */
  void release(Predicate<PendingWrite> which) {
    take(which).forEach(one -> answer(one, true));
  }

  /** Refuses all that is still held, and holds nothing any more. */
  void refuseRemainingWrites() {
    synchronized (held) {
      open = true;
    }
    take(write -> true).forEach(one -> answer(one, false));
  }

  private List<Held> take(Predicate<PendingWrite> which) {
    synchronized (held) {
      List<Held> taken = held.stream().filter(one -> which.test(one.write())).toList();
      held.removeAll(taken);
      return taken;
    }
  }

  private static void answer(Held asked, boolean allowed) {
    asked
        .question()
        .response()
        .putHeader("Content-Type", "application/json")
        .end(
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
             "response": {"uid": "%s", "allowed": %s}}\
            """
                .formatted(asked.uid(), allowed));
  }

  private static JsonNode parsed(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.resource(webhook).delete();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
