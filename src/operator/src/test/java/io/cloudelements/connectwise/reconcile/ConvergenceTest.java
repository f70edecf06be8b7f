package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a reconcile may end without asking the service: only if nothing at all is out of place. */
class ConvergenceTest {
  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          "test",
          URI.create("https://api.example.com/elements/api-v2"),
          _ -> true,
          ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE),
          ResyncIntervals.withListings(Duration.ofMinutes(10), true));

  @Test
  void aFinishedResourceIsConverged() {
    // Given
    World world = new World();
    // When
    boolean converged = world.isConverged();
    // Then
    assertThat(converged).isTrue();
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        differs(
            "being deleted",
            "is being deleted",
            w -> w.metadata.withDeletionTimestamp("2026-11-24T10:00:00Z")),
        differs("the finalizer taken away", "no finalizer", w -> w.metadata.withFinalizers()),
        differs("a newer generation", "last reconcile", w -> w.metadata.withGeneration(3L)),
        differs(
            "a requested reconcile",
            "requests",
            w -> w.metadata.addToAnnotations(Annotations.RECONCILE_REQUESTED_AT, "now")),
        differs("no status", "last reconcile", w -> w.status = Optional.empty()),
        differs(
            "a creation under way",
            "unknown outcome",
            w -> w.provisioning = new Provisioning(1, "2026-11-24T10:00:00Z")),
        differs("a failure last time", "last reconcile", w -> w.reason = "TimedOut"),
        differs("held back", "last reconcile", w -> w.reason = "RecreationHeld"),
        differs(
            "another account recorded", "account", w -> w.account = Optional.of("000000000000")),
        differs(
            "no hash: a PUT of unknown outcome", "configuration", w -> w.hash = Optional.of("")),
        differs(
            "neither hash nor token",
            "token Secret",
            w -> {
              w.hash = Optional.of("");
              w.tokenSecret = _ -> Optional.empty();
            }),
        differs(
            "a rotated password", "configuration", w -> w.credentials.put("password", "rotated")),
        differs("no token Secret", "token Secret", w -> w.tokenSecret = _ -> Optional.empty()),
        differs(
            "a token Secret under a former name",
            "token Secret",
            w -> w.tokenSecretName = "former-token"),
        differs(
            "another token in the Secret",
            "configuration",
            w -> w.tokenSecret = wanted -> Optional.of(with(wanted, "token", "forged"))),
        differs(
            "another uri in the Secret",
            "token Secret",
            w ->
                w.tokenSecret = wanted -> Optional.of(with(wanted, "uri", "https://evil.example"))),
        differs(
            "another instance's id in the Secret",
            "token Secret",
            w -> w.tokenSecret = wanted -> Optional.of(with(wanted, "instance-id", "8"))),
        differs(
            "another owner's Secret",
            "token Secret",
            w ->
                w.tokenSecret =
                    wanted ->
                        Optional.of(
                            new SecretBuilder(wanted)
                                .editMetadata()
                                .withOwnerReferences()
                                .endMetadata()
                                .build())),
        differs("only observed", "not managed", w -> w.policy = "Observe"),
        differs("only planned", "not managed", w -> w.policy = "Plan"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void anyDifferencePreventsConvergence(String obstacle, Consumer<World> difference) {
    // Given
    World world = new World();
    difference.accept(world);
    // When
    Optional<String> found = world.convergence().obstacle();
    // Then
    assertThat(found).hasValueSatisfying(name -> assertThat(name).contains(obstacle));
  }

  /**
   * Disabled, invalid and not accepted are reported states: asking again is for the next full
   * check.
   */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(strings = {"Disabled", "Invalid", "NotAccepted"})
  void aResourceWithAReportedStateIsConverged(String reason) {
    // Given
    World world = new World();
    world.reason = reason;
    // When
    boolean converged = world.isConverged();
    // Then
    assertThat(converged).isTrue();
  }

  private static Arguments differs(String what, String obstacle, Consumer<World> difference) {
    return argumentSet(what, obstacle, difference);
  }

  private static Secret with(Secret secret, String key, String value) {
    return new SecretBuilder(secret).addToData(key, SecretEntries.encoded(value)).build();
  }

  /** A cluster in which everything is in place, until a test changes something. */
  private static final class World {
    private final ObjectMetaBuilder metadata =
        new ObjectMetaBuilder()
            .withNamespace("integrations")
            .withName("acme")
            .withUid("uid-1")
            .withResourceVersion("10")
            .withGeneration(2L)
            .withFinalizers(ClusterWrites.FINALIZER);
    private final Map<String, String> credentials = new HashMap<>();
    private String policy = null;
    private String reason = "Available";
    private Provisioning provisioning = null;
    private Optional<String> account = Optional.empty();
    private Optional<String> hash = Optional.empty();
    private String tokenSecretName = "acme-token";
    private java.util.function.Function<Secret, Optional<Secret>> tokenSecret = Optional::of;
    private Optional<Boolean> status = Optional.of(true);

    private World() {
      for (String key : List.of("userSecret", "organizationSecret", "username", "company")) {
        credentials.put(key, key + "-value");
      }
      credentials.put("password", "change-me");
      credentials.put("serverUrl", "https://connectwise.example.com");
    }

    private boolean isConverged() {
      return convergence().holds();
    }

    private Convergence convergence() {
      DesiredInstance before = desired(input(resource(null), new HashMap<>(original()), List.of()));
      SecretValue token = SecretValue.of("token-1");
      Secret wanted =
          input(resource(null), Map.of(), List.of()).tokenSecret(before, 7, token).orElseThrow();
      ConnectWiseInstance resource =
          resource(
              status.isEmpty()
                  ? null
                  : status(
                      account.orElse(before.account().fingerprint()),
                      hash.orElse(before.configuration().fingerprint(token))));
      ReconcileInput now =
          input(resource, credentials, tokenSecret.apply(wanted).stream().toList());
      return new Convergence(now, desired(now), StatusReader.recorded(resource));
    }

    private Map<String, String> original() {
      Map<String, String> all = new HashMap<>(credentials);
      all.put("password", "change-me");
      return all;
    }

    private static DesiredInstance desired(ReconcileInput input) {
      return ((DesiredResolver.Resolution.Resolved) new DesiredResolver(SETTINGS).resolve(input))
          .desired();
    }

    private static ReconcileInput input(
        ConnectWiseInstance resource, Map<String, String> data, List<Secret> tokens) {
      Map<String, Secret> secrets = new HashMap<>();
      SecretBuilder credentials =
          new SecretBuilder()
              .withNewMetadata()
              .withNamespace("integrations")
              .withName("acme-credentials")
              .endMetadata();
      data.forEach((key, value) -> credentials.addToData(key, SecretEntries.encoded(value)));
      secrets.put("acme-credentials", credentials.build());
      tokens.forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
      return new ReconcileInput(resource, secrets);
    }

    private ConnectWiseInstance resource(ConnectWiseInstanceStatus reported) {
      ConnectWiseInstance resource = new ConnectWiseInstance();
      resource.setMetadata(metadata.build());
      resource.setSpec(Resources.spec("acme-credentials", null, null, policy));
      resource.setStatus(reported);
      return resource;
    }

    private ConnectWiseInstanceStatus status(String inAccount, String configurationHash) {
      return new ConnectWiseInstanceStatus(
          2L,
          "Valid",
          7L,
          "connectwisehd",
          true,
          false,
          inAccount,
          configurationHash.isEmpty() ? null : configurationHash,
          new SecretReference(tokenSecretName),
          new SecretReference(tokenSecretName),
          provisioning,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of(
              new ConditionBuilder()
                  .withType("Synced")
                  .withStatus("True")
                  .withReason(reason)
                  .withMessage("As reported.")
                  .build()));
    }
  }
}
