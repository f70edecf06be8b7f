package io.cloudelements.connectwise.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account object that a crowd shares, reconciled by the operator's code. */
final class CrowdAccount
    implements AccountDirectory,
        AccountObjectWrites,
        AccountReconciliation.AccountCaches,
        AccountKeyring.SecretSource {
  static final ResourceId NAME = new ResourceId("platform", "acme-production");

  private static final ResourceId ADMIN = new ResourceId("platform", "acme-admin");
  private static final ResourceId APPLICATION = new ResourceId("platform", "acme-application");
  private static final URI BASE_URL = URI.create(Crowd.BASE_URL);
  private static final String MANIFEST =
      """
      metadata: {name: acme-production, namespace: platform, uid: u-1, generation: 1, resourceVersion: "1", finalizers: []}
      spec:
        secretRef: {name: acme-admin}
        applicationUser: {secretRef: {name: acme-application}}
        allowedNamespaces: {from: All}
      """;

  private final Map<ResourceId, Secret> secrets = new HashMap<>();
  private final AccountKeyring keyring = new AccountKeyring(this, BASE_URL);
  private final CloudElementsAccount object;
  private final Crowd crowd;
  private final AccountReconciliation reconciliation;
  private int versions;

  CrowdAccount(Crowd crowd, InstancesApi instances) throws JsonProcessingException {
    this.crowd = crowd;
    this.object = new YAMLMapper().readValue(MANIFEST, CloudElementsAccount.class);
    this.reconciliation =
        new AccountReconciliation(
            keyring,
            new WrittenAccounts(),
            this,
            this,
            instances,
            new AccountCheck.BaseUrlSettings(BASE_URL, _ -> true),
            crowd);
  }

  /** Its owner writes the Secret that opens it. */
  void opensWith(String userSecret) {
    write(ADMIN, Map.of("userSecret", userSecret, "organizationSecret", Crowd.ORGANIZATION));
  }

  /** Its owner writes the Secret of the user that applications are. */
  void applicationsUse(String userSecret) {
    write(APPLICATION, Map.of("userSecret", userSecret));
  }

  private void write(ResourceId name, Map<String, String> values) {
    versions++;
    secrets.put(
        name,
        ReconcileInputs.secret(name.name(), values)
            .editMetadata()
            .withNamespace(name.namespace())
            .withResourceVersion(Integer.toString(versions))
            .endMetadata()
            .build());
  }

  /** The operator sees what its owner did, and tells those that use it. */
  void isReconciled() {
    if (!reconciliation.run(object).woken().isEmpty()) {
      crowd.event();
    }
  }

  String revision() {
    return object.getStatus().credentialsRevision();
  }

  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return Optional.of(object).filter(_ -> name.equals(NAME));
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return Optional.empty();
  }

  @Override
  public String applicationVersion(CloudElementsAccount account) {
    return keyring.applicationVersion(account);
  }

  @Override
  public Optional<Keys> keys(CloudElementsAccount account) {
    return keyring.keys(account);
  }

  @Override
  public Optional<Secret> read(ResourceId secret) {
    return Optional.ofNullable(secrets.get(secret));
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return read(secret).map(found -> found.getMetadata().getResourceVersion());
  }

  @Override
  public List<ConnectWiseInstance> referring(ResourceId account) {
    return crowd.resources();
  }

  @Override
  public CloudElementsAccount addFinalizer(CloudElementsAccount account) {
    account.getMetadata().setFinalizers(List.of(FINALIZER));
    return account;
  }

  @Override
  public void removeFinalizer(CloudElementsAccount account) {
    throw new AssertionError("the account stays");
  }

  @Override
  public CloudElementsAccount writeStatus(
      CloudElementsAccount account, CloudElementsAccountStatus status) {
    account.setStatus(status);
    return account;
  }

  @Override
  public void publish(CloudElementsAccount account, EventRecord event) {}
}
