package io.cloudelements.connectwise.bench.contender;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The least that creating instances can cost: the writes and calls that are necessary, sent as fast
 * as the servers take them. No watch, no cache, no framework, no retry; it lists once and ends with
 * the last resource.
 */
public final class Floor {
  private static final int KUBE_CONNECTIONS = Integer.getInteger("floor.connections", 32);
  private static final int REMOTE_CONNECTIONS = 64;
  private static final String APPLY = "application/apply-patch+yaml";

  private final WebClient kube;
  private final WebClient remote;
  private final String namespace = System.getenv("WATCH_NAMESPACES");
  private final String instances = System.getenv("CLOUD_ELEMENTS_BASE_URL") + "/instances";

  private Floor(Vertx vertx) {
    URI server = URI.create(System.getenv("KUBE_URL"));
    this.kube =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setDefaultHost(server.getHost())
                .setDefaultPort(server.getPort())
                .setSsl(true)
                .setPemTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(System.getenv("KUBE_CA"))))
                .setMaxPoolSize(KUBE_CONNECTIONS));
    this.remote =
        WebClient.create(vertx, new WebClientOptions().setMaxPoolSize(REMOTE_CONNECTIONS));
  }

  public static void main(String[] arguments) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    new Floor(vertx)
        .run()
        .onSuccess(_ -> System.out.println("done"))
        .onFailure(failure -> {
          failure.printStackTrace();
          System.exit(1);
        });
    new CountDownLatch(1).await();
  }

  private Future<?> run() {
    return kube(HttpMethod.GET, resources(""), "", "")
        .map(list -> list.getJsonArray("items").stream().map(JsonObject.class::cast).toList())
        .compose(items ->
            credentials(items.getFirst())
                .compose(account ->
                    Future.all(items.stream().map(item -> create(item, account)).toList())));
  }

  private Future<Map<String, String>> credentials(JsonObject resource) {
    String name =
        resource.getJsonObject("spec").getJsonObject("credentialsSecretRef").getString("name");
    return kube(HttpMethod.GET, secrets("/" + name), "", "")
        .map(secret -> secret.getJsonObject("data"))
        .map(data ->
            Map.of(
                "Authorization",
                "User %s, Organization %s"
                    .formatted(
                        new String(data.getBinary("userSecret")),
                        new String(data.getBinary("organizationSecret")))));
  }

  private Future<JsonObject> create(JsonObject resource, Map<String, String> account) {
    JsonObject metadata = resource.getJsonObject("metadata");
    String name = metadata.getString("name");
    String tag = "floor-" + metadata.getString("uid");
    return apply(name, "", metadata.getString("resourceVersion"), finalizer())
        .compose(now -> apply(name, "/status", version(now), status(Wanted.intent())))
        .compose(now ->
            search(account, tag)
                .compose(_ -> post(account, name, tag))
                .compose(created ->
                    kube(HttpMethod.POST, secrets(""), "application/json", secret(now, created))
                        .compose(_ ->
                            apply(
                                name,
                                "/status",
                                version(now),
                                status(Wanted.ready(name, created.getLong("id")))))))
        .compose(now -> kube(HttpMethod.POST, events(), "application/json", event(now)));
  }

  private Future<JsonObject> apply(
      String name, String subresource, String version, JsonObject content) {
    content.put("apiVersion", "cloudelements.io/v1").put("kind", "ConnectWiseInstance");
    JsonObject metadata = content.getJsonObject("metadata", new JsonObject());
    content.put("metadata", metadata.put("name", name).put("resourceVersion", version));
    return kube(
        HttpMethod.PATCH,
        resources("/" + name + subresource + "?fieldManager=floor&force=true"),
        APPLY,
        content.encode());
  }

  private static JsonObject finalizer() {
    return new JsonObject()
        .put(
            "metadata",
            new JsonObject().put("finalizers", new JsonArray(List.of("cloudelements.io/floor"))));
  }

  private static JsonObject status(Map<String, Object> status) {
    return new JsonObject().put("status", new JsonObject(status));
  }

  private static String version(JsonObject resource) {
    return resource.getJsonObject("metadata").getString("resourceVersion");
  }

  private Future<JsonObject> search(Map<String, String> account, String tag) {
    return authorized(remote.getAbs(instances), account)
        .addQueryParam("tags[]", tag)
        .addQueryParam("hydrate", "false")
        .send()
        .map(answer -> new JsonObject());
  }

  private Future<JsonObject> post(Map<String, String> account, String name, String tag) {
    return authorized(remote.postAbs(instances), account)
        .sendJsonObject(new JsonObject(Wanted.definition(name, tag)))
        .map(answer -> {
          if (answer.statusCode() != 200) {
            throw new IllegalStateException("POST: " + answer.statusCode());
          }
          return answer.bodyAsJsonObject();
        });
  }

  private static HttpRequest<Buffer> authorized(
      HttpRequest<Buffer> request, Map<String, String> headers) {
    headers.forEach(request::putHeader);
    return request.putHeader("Accept", "application/json");
  }

  private static String secret(JsonObject resource, JsonObject created) {
    JsonObject metadata = resource.getJsonObject("metadata");
    return new JsonObject()
        .put("apiVersion", "v1")
        .put("kind", "Secret")
        .put("type", "servicebinding.io/connectwise")
        .put(
            "metadata",
            new JsonObject()
                .put("name", metadata.getString("name") + "-token")
                .put(
                    "ownerReferences",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("apiVersion", "cloudelements.io/v1")
                                .put("kind", "ConnectWiseInstance")
                                .put("name", metadata.getString("name"))
                                .put("uid", metadata.getString("uid"))
                                .put("controller", true))))
        .put(
            "stringData",
            new JsonObject(Wanted.secretData(created.getLong("id"), created.getString("token"))))
        .encode();
  }

  private String event(JsonObject resource) {
    JsonObject metadata = resource.getJsonObject("metadata");
    return new JsonObject()
        .put("apiVersion", "events.k8s.io/v1")
        .put("kind", "Event")
        .put(
            "metadata",
            new JsonObject()
                .put("namespace", namespace)
                .put("name", metadata.getString("name") + ".created"))
        .put("eventTime", Wanted.microTime(Instant.now()))
        .put("reportingController", "cloudelements.io/floor")
        .put("reportingInstance", "floor")
        .put("action", "Reconcile")
        .put("reason", "Provisioned")
        .put("type", "Normal")
        .put("note", "The instance was created.")
        .put(
            "regarding",
            new JsonObject()
                .put("apiVersion", "cloudelements.io/v1")
                .put("kind", "ConnectWiseInstance")
                .put("namespace", namespace)
                .put("name", metadata.getString("name"))
                .put("uid", metadata.getString("uid")))
        .encode();
  }

  private String resources(String rest) {
    return "/apis/cloudelements.io/v1/namespaces/" + namespace + "/connectwiseinstances" + rest;
  }

  private String secrets(String rest) {
    return "/api/v1/namespaces/" + namespace + "/secrets" + rest;
  }

  private String events() {
    return "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events";
  }

  private Future<JsonObject> kube(HttpMethod method, String uri, String contentType, String body) {
    HttpRequest<Buffer> request =
        kube.request(method, uri)
            .putHeader("Authorization", "Bearer " + System.getenv("KUBE_TOKEN"));
    Future<io.vertx.ext.web.client.HttpResponse<Buffer>> answer =
        body.isEmpty()
            ? request.send()
            : request.putHeader("Content-Type", contentType).sendBuffer(Buffer.buffer(body));
    return answer.map(response -> {
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + uri + ": " + response.bodyAsString());
      }
      return response.bodyAsJsonObject();
    });
  }
}
