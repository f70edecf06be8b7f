package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users have put into a namespace. */
record BenchResources(KubernetesClient client, String namespace) {
  private static final int WRITERS = 16;
  private static final int LIMIT_SECONDS = 300;

  /** The Secret that resources of the account refer to. */
  void credentials(BenchAccount account) {
    client.resource(secret(account.name(), account)).create();
  }

  void resource(String name, BenchAccount account) {
    client.resource(instance(name, account.name())).create();
  }

  /** So many resources of an account, created by many hands. */
  List<String> resources(String begin, int count, BenchAccount account) {
    List<String> names = names(begin, count);
    create(names.stream().map(name -> instance(name, account.name())));
    return names;
  }

  /** So many resources that refer to an account object of that name. */
  List<String> resourcesOfAccountObject(String begin, int count, BenchAccount account) {
    CloudElementsAccount object = new CloudElementsAccount();
    object.setMetadata(metadata(account.name()));
    object.setSpec(
        new CloudElementsAccountSpec(
            null, new SecretReference(account.name()), null, null, null, null, null));
    client.resource(object).create();
    List<String> names = names(begin, count);
    create(
        names.stream()
            .map(name ->
                instance(name, account.name(), new AccountReference(account.name(), null))));
    return names;
  }

  /** The same, each with the account's credentials in a Secret of its own. */
  void resourcesWithOwnSecrets(String begin, int count, BenchAccount account) {
    create(names(begin, count).stream().map(name -> secret(name, account)));
    create(names(begin, count).stream().map(name -> instance(name, name)));
  }

  private static List<String> names(String begin, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s-%05d".formatted(begin, i)).toList();
  }

  /** Secrets that no resource refers to. */
  void foreignSecrets(int count, int bytes) {
    String value = "x".repeat(bytes);
    create(
        IntStream.range(0, count)
            .mapToObj(i ->
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("foreign-%05d".formatted(i))
                    .withNamespace(namespace)
                    .endMetadata()
                    .withStringData(Map.of("value", value))
                    .build()));
  }

  /** All of them, in one request, which a busy API server takes its time for. */
  void deleteResources() {
    client
        .newClient(
            new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestTimeout(LIMIT_SECONDS * 1_000)
                .build())
        .raw(
            "/apis/cloudelements.io/v1/namespaces/%s/connectwiseinstances".formatted(namespace),
            "DELETE",
            null);
  }

  void delete(String name) {
    client.resources(ConnectWiseInstance.class).inNamespace(namespace).withName(name).delete();
  }

  private Secret secret(String name, BenchAccount account) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .addToStringData("userSecret", account.userSecret())
        .addToStringData("organizationSecret", account.organizationSecret())
        .addToStringData("username", "api1")
        .addToStringData("password", "change-me")
        .addToStringData("serverUrl", "https://connectwise.example.com")
        .addToStringData("company", "acme")
        .build();
  }

  private ConnectWiseInstance instance(String name, String secret) {
    return instance(name, secret, null);
  }

  private ConnectWiseInstance instance(
      String name, String secret, @Nullable AccountReference account) {
    ConnectWiseInstance resource = new ConnectWiseInstance();
    resource.setMetadata(metadata(name));
    resource.setSpec(
        new ConnectWiseInstanceSpec(
            "helpdesk",
            null,
            name,
            List.of("bench"),
            new CredentialsReference(secret),
            null,
            account,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return resource;
  }

  private ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }

  private void create(Stream<? extends HasMetadata> objects) {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<? extends Future<?>> written =
          objects.map(object -> writers.submit(() -> client.resource(object).create())).toList();
      for (Future<?> write : written) {
        write.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the objects could not be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
