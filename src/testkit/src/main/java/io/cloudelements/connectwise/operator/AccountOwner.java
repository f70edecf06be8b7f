package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.HeldDeletions;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Those who have the account that a tenant may use: a person with kubectl, in a namespace of their
 * own where its secrets are.
 */
public record AccountOwner(ClusterUser person, KubernetesClient client, Tenant tenant) {
  /** The name of the account object. */
  public static final String ACCOUNT = "acme-production";

  /** The name of the Secret with what opens the account. */
  public static final String SECRET = "acme-admin";

  /** With a namespace of their own, and nothing in it. */
  public static AccountOwner of(Tenant tenant, KubernetesClient client) {
    String namespace = namespaceFor(tenant.name());
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    return new AccountOwner(new ClusterUser(tenant.person().kubectl(), namespace), client, tenant);
  }

  /** Of the owner whose tenant has that namespace. */
  public static String namespaceFor(String tenant) {
    return tenant + "-platform";
  }

  public String namespace() {
    return person.namespace();
  }

  /** With another user of the tenant's organization. */
  public void appliesSecret(String userSecret) {
    appliesSecret(SECRET, userSecret, tenant.account().organizationSecret());
  }

  public void appliesSecret(String name, String userSecret, String organizationSecret) {
    person.applies(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s}
        stringData:
          userSecret: "%s"
          organizationSecret: "%s"
        """
            .formatted(name, userSecret, organizationSecret));
  }

  /**
   * @param spec lines besides {@code secretRef}
   */
  public void appliesAccount(String spec) {
    appliesAccount(ACCOUNT, SECRET, spec);
  }

  public void appliesAccount(String name, String secret, String spec) {
    person.applies(
        """
        apiVersion: cloudelements.io/v1
        kind: CloudElementsAccount
        metadata: {name: %s}
        spec:
          secretRef: {name: %s}
          %s
        """
            .formatted(name, secret, spec));
  }

  /** Lets the tenant use the account, by name. */
  public void shares() {
    sharesBy("{from: Names, names: [" + tenant.name() + "]}");
  }

  /**
   * Lets those use it whom {@code allowedNamespaces} means, and waits until the operator knows the
   * account.
   */
  public void sharesBy(String allowedNamespaces) {
    appliesSecret(tenant.account().secret());
    appliesAccount("allowedNamespaces: " + allowedNamespaces);
    awaitsReason("Verified");
  }

  /** The tenant's Secret, with what ConnectWise asks for and nothing of the account. */
  public void appliesEntries() {
    tenant.appliesCredentials(keys -> {
      keys.remove("userSecret");
      keys.remove("organizationSecret");
    });
  }

  /** A help desk of the tenant's that refers to the account, with some more lines of spec. */
  public String helpDesk(String resource, String... spec) {
    return Tenant.helpDesk(
        resource,
        Stream.concat(
                Stream.of("accountRef: {name: %s, namespace: %s}".formatted(ACCOUNT, namespace())),
                Stream.of(spec))
            .toArray(String[]::new));
  }

  public Optional<CloudElementsAccount> account() {
    return Optional.ofNullable(
        client
            .resources(CloudElementsAccount.class)
            .inNamespace(namespace())
            .withName(ACCOUNT)
            .get());
  }

  public CloudElementsAccountStatus status() {
    return account().orElseThrow().getStatus();
  }

  /** How many deletions of resources are held, as the account's status says. */
  public Optional<Integer> heldDeletions() {
    return Optional.ofNullable(status().deletions()).map(HeldDeletions::number);
  }

  /** Waits until the account says so; its numbers are written at most every 30 s. */
  public void awaitsHeldDeletions(int number) {
    await("the account says how many are held")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(heldDeletions()).contains(number));
  }

  /** Lets all go whose deletion is held, if they are so many. */
  public void confirmsDeletions(int number) {
    person.annotates("cea", ACCOUNT, "cloudelements.io/confirm-deletion=" + number);
  }

  public void awaitsReason(String reason) {
    tenant.awaits(
        "the account is " + reason,
        () ->
            assertThat(account().map(CloudElementsAccount::getStatus))
                .hasValueSatisfying(status ->
                    assertThat(status.conditions().getFirst().getReason()).isEqualTo(reason)));
  }

  public void awaitsGone() {
    tenant.awaits("the account is gone", () -> assertThat(account()).isEmpty());
  }
}
