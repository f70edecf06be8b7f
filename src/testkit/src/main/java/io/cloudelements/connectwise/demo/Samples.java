package io.cloudelements.connectwise.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two resources of the demo, with their credentials. */
final class Samples {
  /** Names of the ConnectWiseInstances. */
  static final List<String> NAMES = List.of("acme-helpdesk", "acme-crm");

  private static final List<Path> FILES =
      List.of(
          Path.of("deploy", "samples", "helpdesk.yaml"), Path.of("deploy", "samples", "crm.yaml"));

  private Samples() {}

  /** Creates them, in that namespace instead of their own. */
  static void create(KubernetesClient client, String namespace, Narrator narrator) {
    for (Path file : FILES) {
      List<HasMetadata> objects = read(client, file);
      objects.forEach(object -> object.getMetadata().setNamespace(namespace));
      objects.forEach(object -> client.resource(object).create());
      narrator.says("created", file.toString());
    }
  }

  private static List<HasMetadata> read(KubernetesClient client, Path file) {
    try (InputStream yaml = Files.newInputStream(file)) {
      return client.load(yaml).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
