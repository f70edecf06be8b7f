package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The inputs of one reconcile by their versions. Equal ones mean that nothing changed in the
 * cluster.
 *
 * @param version of the resource
 * @param annotations of the resource; a person asks for something by them
 * @param secretVersions of the Secrets that are there, by name
 * @param account the version of the account object's part
 */
public record ObservedInputs(
    String version,
    long generation,
    Map<String, String> annotations,
    Map<String, String> secretVersions,
    String account) {

  /** Before the first reconcile. */
  static final ObservedInputs NONE = new ObservedInputs("", 0, Map.of(), Map.of(), "");

  public ObservedInputs {
    annotations = Map.copyOf(annotations);
    secretVersions = Map.copyOf(secretVersions);
  }

  /** What a reconcile read. */
  public static ObservedInputs of(ReconcileInput input) {
    return of(input.resource(), name -> secretVersion(input, name), input.account().version());
  }

  /**
   * What a reconcile would read, as far as the caches know: most events after a start bring no
   * news, and nothing need be read to see that.
   *
   * @return empty where the caches do not know
   */
  public static Optional<ObservedInputs> inCaches(
      ConnectWiseInstance resource, SecretVersions secretVersions, AccountAuthorizer accounts) {
    String namespace = resource.getMetadata().getNamespace();
    return secretVersions.isSynced() && !SpecDefaults.of(resource).namesNoSecret()
        ? Optional.of(
            of(
                resource,
                name -> secretVersions.version(new ResourceId(namespace, name)),
                AccountObjectAccess.version(accounts, resource)))
        : Optional.empty();
  }

  /**
   * @param secretVersion by name, of the Secrets that the resource refers to
   * @param account the version of the account object's part
   */
  static ObservedInputs of(
      ConnectWiseInstance resource,
      Function<String, Optional<String>> secretVersion,
      String account) {
    ObjectMeta metadata = resource.getMetadata();
    Map<String, String> annotations = metadata.getAnnotations();
    Map<String, String> secretVersions = new HashMap<>();
    for (String name : ReconcileInput.secretNames(resource)) {
      secretVersion.apply(name).ifPresent(known -> secretVersions.put(name, known));
    }
    return new ObservedInputs(
        metadata.getResourceVersion(),
        metadata.getGeneration(),
        annotations == null ? Map.of() : annotations,
        secretVersions,
        account);
  }

  static Optional<String> secretVersion(ReconcileInput input, String secret) {
    return input.secret(secret).map(found -> found.getMetadata().getResourceVersion());
  }

  ObservedInputs withVersion(String other) {
    return new ObservedInputs(other, generation, annotations, secretVersions, account);
  }

  /** Whether only the operator itself may have written anything but these Secrets. */
  boolean hasSameInput(ObservedInputs other) {
    return generation == other.generation
        && annotations.equals(other.annotations)
        && secretVersions.equals(other.secretVersions)
        && account.equals(other.account);
  }
}
