package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.AdmissionView;
import io.cloudelements.connectwise.why.WhyFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive for support: it overwrites no file, and one unreadable part leaves the others
 * readable.
 */
class SupportBundleTest {
  private static final String RESOURCE =
      """
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme, namespace: integrations, uid: u1}
      spec: {hub: helpdesk, credentialsSecretRef: {name: acme-connectwise}}
      """;

  @TempDir private Path directory;

  private static SupportBundle bundle() {
    return new SupportBundle(List.of(new SupportBundle.File("why.txt", "the chain", "text\n")));
  }

  private static String file(StoredCluster cluster, InstalledOperator operator, String name) {
    WhyReader reader =
        new WhyReader(
            cluster, URI.create("https://api.example.com"), (_, _) -> new AdmissionView.NotAsked());
    WhyFacts facts = reader.facts(reader.resource(new ResourceId("integrations", "acme")));
    return new BundleReader(cluster, operator, () -> "", "1.2.3")
        .read(facts, Shell.NOW).files().stream()
            .filter(file -> file.name().equals(name))
            .findFirst()
            .orElseThrow()
            .text();
  }

  @Test
  void takesNoOtherFilesPlace() throws IOException {
    // Given
    Path archive = Files.writeString(directory.resolve("mine.zip"), "mine");
    // When // Then
    assertThatThrownBy(() -> bundle().write(archive))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(archive + " exists already.");
    assertThat(archive).hasContent("mine");
  }

  /** A dangling link is another program's, or an attack in a directory that all users may write. */
  @Test
  void followsNoLinkToAFileThatIsNotThere() throws IOException {
    // Given
    Path target = directory.resolve("elsewhere");
    Path archive = Files.createSymbolicLink(directory.resolve("link.zip"), target);
    // When // Then
    assertThatThrownBy(() -> bundle().write(archive))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(archive + " exists already.");
    assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    // Given
    Path archive = directory.resolve("no-directory").resolve("a.zip");
    // When // Then
    assertThatThrownBy(() -> bundle().write(archive))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(archive + " cannot be written: ");
  }

  /** Many clusters show their version only to users with the right to it. */
  @Test
  void saysInItsPlaceThatAVersionMayNotBeRead() {
    // Given
    StoredCluster cluster = StoredCluster.of(RESOURCE).denying("get version");
    // When
    String versions = file(cluster, new InstalledPods(new LinkedHashMap<>()), "versions.txt");
    // Then
    assertThat(versions)
        .isEqualTo(
            """
            command line: 1.2.3
            API server: You may not read its version.
            You may not list Deployments of namespace connectwise-operator.
            """);
  }

  /** During an update there is always a pod whose container is only being made. */
  @Test
  void hasTheLogsOfThePodsThatHaveOne() {
    // Given
    SequencedMap<String, Optional<String>> pods = new LinkedHashMap<>();
    pods.put("starts", Optional.empty());
    pods.put("runs", Optional.of("a line\n"));
    // When
    String log = file(StoredCluster.of(RESOURCE), new InstalledPods(pods), "log.txt");
    // Then
    assertThat(log)
        .isEqualTo(
            """
            --- pod starts
            The container of starts is being made.
            --- pod runs
            a line
            """);
  }
}
