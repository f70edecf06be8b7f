package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.AccountListing;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.drift.Orphans;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person does about an orphan: one DELETE, or a manifest; with rights of their own. */
class OrphansDecisionTest {
  private static final String ACCOUNT =
      """
      apiVersion: cloudelements.io/v1
      kind: CloudElementsAccount
      metadata: {name: acme-production, namespace: connectwise-accounts, uid: u1}
      spec: {secretRef: {name: acme-admin}}
      """;
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: acme-admin, namespace: connectwise-accounts}
      stringData: {userSecret: canary-user, organizationSecret: canary-organization}
      """;
  private static final String NAMED = "--account=connectwise-accounts/acme-production";

  private final ReachedService service = ReachedService.start();
  private User user;

  @BeforeEach
  void open() {
    user =
        service.simulator().platform().outsideWorld().addUser("canary-user", "canary-organization");
  }

  @AfterEach
  void close() {
    service.close();
  }

  private static String tag(String cluster) {
    return OwnershipTag.of(cluster, new ResourceId("integrations", "gone")).value();
  }

  private Instance made(String... tags) {
    return service
        .simulator()
        .platform()
        .outsideWorld()
        .createByHand(
            user,
            "connectwisehd",
            "Gone",
            Set.of(tags),
            Map.of("event.notification.enabled", "true"));
  }

  /** The page that an operator of cluster {@code test} serves of this service. */
  private Page served() throws IOException {
    AccountAccess access =
        AccountAccess.to(
            new Account(
                URI.create(service.url()),
                SecretValue.of("canary-user"),
                SecretValue.of("canary-organization")));
    OrphanReport report = new OrphanReport(Optional.empty());
    String fingerprint = access.account().fingerprint();
    report.found(
        fingerprint,
        Orphans.find(
            fingerprint,
            new AccountInstances(
                AccountListing.whole(service.api(), access), OwnershipTag.clusterPart("test")),
            Map.of()),
        Shell.NOW);
    return Page.of(OrphanPage.PATH, 200, report.page(Shell.NOW).toJson());
  }

  private Shell.Result runs(Page page, String... words) {
    Shell.Result result =
        service
            .shell()
            .in(StoredCluster.of(ACCOUNT, SECRET))
            .runs(
                Stream.concat(
                        Stream.of("orphans"),
                        Stream.concat(Stream.of(words), Stream.of("--url=" + page.url())))
                    .toArray(String[]::new));
    assertThat(result.output() + result.errors()).doesNotContain("canary");
    return result;
  }

  private List<Route> deletions() {
    return service.routes().stream().filter(Route.DELETE_INSTANCE::equals).toList();
  }

  @Test
  void deletesAnOrphanByOneCall() throws IOException {
    // Given
    Instance orphan = made(OwnershipTag.MARKER, tag("test"));
    try (Page page = served()) {
      // When
      Shell.Result result = runs(page, "delete", Long.toString(orphan.id()), "--yes", NAMED);
      // Then
      assertThat(result.output())
          .isEqualTo(
              "Deleted: instance %d (Gone, element connectwisehd).\n".formatted(orphan.id()));
      assertThat(result.exitCode()).isZero();
      assertThat(service.simulator().platform().live()).isEmpty();
      assertThat(deletions()).hasSize(1);
    }
  }

  /** A mistyped id must not cost an instance. */
  @Test
  void onlyShowsAnOrphanWithoutYes() throws IOException {
    // Given
    Instance orphan = made(tag("test"));
    try (Page page = served()) {
      // When
      Shell.Result result = runs(page, "delete", Long.toString(orphan.id()), NAMED);
      // Then
      assertThat(result.errors()).contains("Nothing is deleted. With --yes it is instance");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(deletions()).isEmpty();
    }
  }

  /** Two clusters share the account, and one of them uses it. */
  @Test
  void refusesAnInstanceWithAnotherClustersTag() throws IOException {
    // Given
    Instance others = made(tag("test"), tag("another"));
    try (Page page = served()) {
      // When
      Shell.Result result = runs(page, "delete", Long.toString(others.id()), "--yes", NAMED);
      // Then
      assertThat(result.errors())
          .contains("carries the ownership tag " + tag("another") + " of another cluster");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(deletions()).isEmpty();
    }
  }

  /** The operator reports orphans of its own cluster alone. */
  @Test
  void refusesWhatTheOperatorDoesNotReport() throws IOException {
    // Given
    Instance orphan = made(tag("test"));
    Instance others = made(tag("another"));
    try (Page page = served()) {
      // When
      Shell.Result result = runs(page, "delete", Long.toString(others.id()), "--yes", NAMED);
      // Then
      assertThat(result.errors())
          .contains("is not among the orphans", "the ownership tag " + tag("another"));
      assertThat(deletions()).isEmpty();
      assertThat(orphan.isLive()).isTrue();
    }
  }

  /** The page may be an hour old: a resource may have taken the instance since. */
  @Test
  void refusesAnInstanceThatHasLostTheTagSince() throws IOException {
    // Given
    Instance orphan = made(tag("test"));
    try (Page page = served()) {
      service.simulator().platform().outsideWorld().setTags(orphan.id(), Set.of("kept"));
      // When
      Shell.Result result = runs(page, "delete", Long.toString(orphan.id()), "--yes", NAMED);
      // Then
      assertThat(result.errors()).contains("does not carry the tag " + tag("test") + " any more");
      assertThat(deletions()).isEmpty();
    }
  }

  /** Its account is found among those that the person may open. */
  @Test
  void findsTheAccountOfAnOrphan() throws IOException {
    // Given
    Instance orphan = made(tag("test"));
    try (Page page = served()) {
      // When
      Shell.Result result =
          runs(page, "delete", Long.toString(orphan.id()), "--yes", "--all-accounts");
      // Then
      assertThat(result.errors()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(deletions()).hasSize(1);
    }
  }

  @Test
  void printsTheManifestThatAdoptsAnOrphan() throws IOException {
    // Given
    Instance orphan = made(OwnershipTag.MARKER, tag("test"), "customer");
    try (Page page = served()) {
      // When
      Shell.Result result =
          runs(page, "adopt", Long.toString(orphan.id()), "-n", "integrations", NAMED);
      // Then
      assertThat(result.output())
          .isEqualTo(
              """
              apiVersion: cloudelements.io/v1
              kind: ConnectWiseInstance
              metadata:
                name: gone
                namespace: integrations
                annotations:
                  cloudelements.io/take-over: "%1$d@%2$s"
              spec:
                hub: helpdesk
                name: Gone
                tags:
                - customer
                credentialsSecretRef:
                  name: gone-connectwise
                accountRef:
                  name: acme-production
                  namespace: connectwise-accounts
                configuration:
                  event.notification.enabled: "true"
                adoptInstanceId: %1$d
                deletionPolicy: Retain
              """
                  .formatted(orphan.id(), tag("test")));
      assertThat(service.routes()).doesNotContain(Route.DELETE_INSTANCE, Route.PUT_INSTANCE);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void needsOneWayToTheAccount() throws IOException {
    // Given
    Instance orphan = made(tag("test"));
    try (Page page = served()) {
      // When
      Shell.Result result = runs(page, "delete", Long.toString(orphan.id()), "--yes");
      // Then
      assertThat(result.errors()).contains("One of --account-secret, --account and --all-accounts");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(deletions()).isEmpty();
    }
  }
}
