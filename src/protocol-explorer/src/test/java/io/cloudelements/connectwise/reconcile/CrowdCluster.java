package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Many resources that share one Secret, and what a user does to them. It counts the writes. */
abstract class CrowdCluster implements ClusterWrites {
  private static final String NAMESPACE = "integrations";
  private static final String CREDENTIALS = "credentials";

  private final Map<String, ConnectWiseInstance> resources = new TreeMap<>();
  private final Map<String, Secret> secrets = new HashMap<>();
  private final List<String> writes = new ArrayList<>();
  private final WrittenVersions written = new WrittenVersions();
  private long version;
  private AccountReference account;
  private TokenSecret tokenSecret;

  /** The operator is told of a change. */
  abstract void event();

  // what a user does

  /** All that arrive from now on use this account object. */
  void refersTo(ResourceId name) {
    account = new AccountReference(name.name(), name.namespace());
  }

  void arrives(int many) {
    for (int i = 0; i < many; i++) {
      arrive("acme-" + i, spec(null, null, null, null));
    }
    event();
  }

  /** The Secrets of all that arrive from now on have this key as well. */
  void template(String key, String text) {
    tokenSecret = new TokenSecret(null, null, null, Map.of(key, text));
  }

  /** They are to adopt the instances from this id on. */
  void othersArrive(int many, long adopted) {
    for (int i = 0; i < many; i++) {
      arrive("other-" + i, spec(null, null, null, adopted + i));
    }
    event();
  }

  private void arrive(String name, ConnectWiseInstanceSpec spec) {
    resources.put(name, resource(name, spec));
  }

  void credentials(String userSecret, String organizationSecret) {
    credentials(userSecret, organizationSecret, "canary");
  }

  /** Another password at ConnectWise, in the same account. */
  void password(String password) {
    Map<String, String> data = secrets.get(CREDENTIALS).getData();
    credentials(decoded(data.get("userSecret")), decoded(data.get("organizationSecret")), password);
  }

  private void credentials(String userSecret, String organizationSecret, String password) {
    secrets.put(
        CREDENTIALS,
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(CREDENTIALS)
            .withResourceVersion(nextVersion())
            .endMetadata()
            .addToData("userSecret", SecretEntries.encoded(userSecret))
            .addToData("organizationSecret", SecretEntries.encoded(organizationSecret))
            .addToData("username", SecretEntries.encoded("api1"))
            .addToData("password", SecretEntries.encoded(password))
            .addToData("serverUrl", SecretEntries.encoded("https://connectwise.example.com"))
            .addToData("company", SecretEntries.encoded("acme"))
            .build());
    event();
  }

  void baseUrl(String url) {
    edit(spec(url, null, null, null));
  }

  void name(String name) {
    edit(spec(null, name, null, null));
  }

  void managementPolicy(String policy) {
    edit(spec(null, null, policy, null));
  }

  private void edit(ConnectWiseInstanceSpec spec) {
    all(resource -> {
      resource.setSpec(spec);
      resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
    });
  }

  void annotation(String key, String value) {
    all(resource -> resource.getMetadata().setAnnotations(Map.of(key, value)));
  }

  /** Each is annotated with the id of its own instance. */
  void annotationWithIds(String key) {
    all(resource ->
        resource
            .getMetadata()
            .setAnnotations(Map.of(key, resource.getStatus().instanceId().toString())));
  }

  void deletion() {
    all(resource -> resource.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z"));
  }

  /** Removes the delivered token Secret. */
  void tokenLoss() {
    secrets.keySet().removeIf(name -> name.endsWith("-token"));
    event();
  }

  private void all(Consumer<ConnectWiseInstance> change) {
    for (ConnectWiseInstance resource : resources.values()) {
      change.accept(resource);
      changed(resource);
    }
    event();
  }

  // what is there

  Set<String> names() {
    return Set.copyOf(resources.keySet());
  }

  ConnectWiseInstance resourceNamed(String name) {
    return resources.get(name);
  }

  /** The resources that record this account. */
  List<ConnectWiseInstance> inAccount(String account) {
    return resources.values().stream()
        .filter(resource -> StatusReader.account(resource).equals(Optional.of(account)))
        .toList();
  }

  Map<String, Secret> secretsOf(ConnectWiseInstance resource) {
    Map<String, Secret> seen = new HashMap<>(secrets);
    seen.keySet().retainAll(ReconcileInput.secretNames(resource));
    seen.keySet().forEach(name -> written.secretIsRead(new ResourceId(NAMESPACE, name)));
    return seen;
  }

  List<ConnectWiseInstance> resources() {
    return List.copyOf(resources.values());
  }

  /** The values of a key of the Secrets that the operator made. */
  Set<String> delivered(String key) {
    return secrets.entrySet().stream()
        .filter(secret -> secret.getKey().endsWith("-token"))
        .map(secret -> decoded(secret.getValue().getData().get(key)))
        .collect(Collectors.toSet());
  }

  /** The versions that the operator wrote. */
  WrittenVersions written() {
    return written;
  }

  /** Writes so far, by kind of object. */
  List<String> writes() {
    return writes;
  }

  /** The instances that their statuses name. */
  List<Long> instances() {
    return resources.values().stream().map(r -> r.getStatus().instanceId()).sorted().toList();
  }

  /** How many resources have this reason in their condition {@code Synced}. */
  long synced(String reason) {
    return resources.values().stream().filter(r -> reason.equals(synced(r).getReason())).count();
  }

  /** What their conditions {@code Synced} say. */
  List<String> messages() {
    return resources.values().stream().map(r -> synced(r).getMessage()).distinct().toList();
  }

  private static Condition synced(ConnectWiseInstance resource) {
    return resource.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals("Synced"))
        .findFirst()
        .orElseThrow();
  }

  // what the operator writes

  @Override
  public String addFinalizer(ResourceRef ref) {
    ConnectWiseInstance resource = written(ref, "finalizer");
    resource.getMetadata().setFinalizers(List.of(FINALIZER));
    return changed(resource, ref);
  }

  @Override
  public void removeFinalizer(ResourceRef ref) {
    resources.remove(written(ref, "finalizer").getMetadata().getName());
  }

  @Override
  public String writeStatus(ResourceRef ref, ConnectWiseInstanceStatus status) {
    ConnectWiseInstance resource = written(ref, "status");
    resource.setStatus(status);
    return changed(resource, ref);
  }

  @Override
  public void createSecret(Secret wanted) {
    writes.add("secret");
    String version = nextVersion();
    written.secretWriteBegins(wanted);
    secrets.put(
        wanted.getMetadata().getName(),
        new SecretBuilder(wanted)
            .editMetadata()
            .withResourceVersion(version)
            .endMetadata()
            .build());
    written.secretWriteEnds(wanted, Optional.of(version));
  }

  @Override
  public void replaceSecret(Secret repaired) {
    createSecret(repaired);
  }

  @Override
  public void deleteSecret(Secret existing) {
    writes.add("secret");
    secrets.remove(existing.getMetadata().getName());
  }

  @Override
  public Optional<ConnectWiseInstance> latest(ResourceRef ref) {
    throw new AssertionError("no other writer exists here");
  }

  @Override
  public Optional<Secret> latest(Secret secret) {
    throw new AssertionError("no other writer exists here");
  }

  @Override
  public void publish(ResourceRef ref, EventRecord event) {}

  private ConnectWiseInstance written(ResourceRef ref, String what) {
    ConnectWiseInstance resource = resources.get(ref.id().name());
    if (!resource.getMetadata().getResourceVersion().equals(ref.version())) {
      throw new ClusterConflict("a reconcile rests on an old version");
    }
    writes.add(what);
    return resource;
  }

  private String changed(ConnectWiseInstance resource, ResourceRef by) {
    String now = changed(resource);
    written.resourceWritten(by.id(), by.uid(), now);
    return now;
  }

  private String changed(ConnectWiseInstance resource) {
    String now = nextVersion();
    resource.getMetadata().setResourceVersion(now);
    return now;
  }

  private String nextVersion() {
    version++;
    return Long.toString(version);
  }

  private ConnectWiseInstance resource(String name, ConnectWiseInstanceSpec spec) {
    ConnectWiseInstance resource = new ConnectWiseInstance();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(NAMESPACE)
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .build());
    resource.setSpec(spec);
    changed(resource);
    return resource;
  }

  private ConnectWiseInstanceSpec spec(
      String baseUrl, String name, String managementPolicy, Long adopted) {
    return new ConnectWiseInstanceSpec(
        "helpdesk",
        null,
        name,
        null,
        new CredentialsReference(CREDENTIALS),
        null,
        account,
        baseUrl,
        null,
        null,
        null,
        adopted,
        tokenSecret,
        null,
        null,
        null,
        managementPolicy);
  }

  private static String decoded(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }
}
