package io.cloudelements.connectwise.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.docs.ExampleInputs;
import io.cloudelements.connectwise.docs.ReasonExamples;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.simulator.ServerCertificate;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains the AOT cache of the command line's archive with the command that reads the most kinds of
 * a cluster: {@code why}, about a resource that is not ready, on a stub of the API server.
 *
 * <pre>CommandRehearsal PROGRAM…</pre>
 */
public final class CommandRehearsal {
  /** The resource is not ready, which the program says by this exit code. */
  static final int NOT_READY = 3;

  private static final int LIMIT_SECONDS = 120;
  private static final String NAMESPACE = "integrations";
  private static final String NAME = "acme";
  private static final String CREDENTIALS = NAME + "-connectwise";
  private static final String TOKEN = NAME + "-token";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommandRehearsal() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int exit = run(List.of(arguments));
    if (exit != NOT_READY) {
      throw new IllegalStateException("The command ended with " + exit);
    }
  }

  /** Runs the program with a command; its exit code. */
  static int run(List<String> program) throws IOException, InterruptedException {
    ServerCertificate certificate = ServerCertificate.selfSigned();
    Path kubeconfig = Files.createTempFile("rehearsal-", ".kubeconfig");
    try (ApiServerStub apiServer = ApiServerStub.start(certificate, objects())) {
      Files.writeString(kubeconfig, kubeconfig(apiServer, certificate));
      List<String> command = new ArrayList<>(program);
      command.addAll(List.of("why", NAME, "-n", NAMESPACE, "--kubeconfig=" + kubeconfig));
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } finally {
      Files.delete(kubeconfig);
    }
  }

  private static String kubeconfig(ApiServerStub apiServer, ServerCertificate certificate) {
    String authority =
        Base64.getEncoder().encodeToString(certificate.pem().getBytes(StandardCharsets.UTF_8));
    return """
    apiVersion: v1
    kind: Config
    current-context: rehearsal
    contexts: [{name: rehearsal, context: {cluster: rehearsal, user: rehearsal}}]
    clusters: [{name: rehearsal, cluster: {server: "%s", certificate-authority-data: "%s"}}]
    users: [{name: rehearsal, user: {token: rehearsal}}]
    """
        .formatted(apiServer.url(), authority);
  }

  /** What the command reads, by its paths. */
  private static Map<String, String> objects() throws JsonProcessingException {
    String core = "/api/v1/namespaces/" + NAMESPACE;
    ConnectWiseInstance resource = ExampleInputs.resource("");
    resource.setStatus(ReasonExamples.status(Reason.INVALID));
    return Map.of(
        "/apis/cloudelements.io/v1/namespaces/%s/connectwiseinstances/%s"
            .formatted(NAMESPACE, NAME),
        JSON.writeValueAsString(resource),
        core + "/secrets/" + CREDENTIALS,
        JSON.writeValueAsString(secret(CREDENTIALS, "password")),
        core + "/secrets/" + TOKEN,
        JSON.writeValueAsString(secret(TOKEN, "token")),
        core + "/pods",
        JSON.writeValueAsString(
            new PodListBuilder()
                .addToItems(
                    new PodBuilder()
                        .withNewMetadata()
                        .withName("help-desk")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addNewVolume()
                        .withName("token")
                        .withNewSecret()
                        .withSecretName(TOKEN)
                        .endSecret()
                        .endVolume()
                        .endSpec()
                        .build())
                .build()));
  }

  private static Secret secret(String name, String key) {
    String value = Base64.getEncoder().encodeToString("rehearsal".getBytes(StandardCharsets.UTF_8));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withData(Map.of(key, value))
        .build();
  }
}
