package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.CredentialsOutcomes;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.connectwise.why.DeliveredSecret;
import io.cloudelements.connectwise.why.PodSecrets;
import io.cloudelements.connectwise.why.SecretKeys;
import io.cloudelements.connectwise.why.Sight;
import io.cloudelements.connectwise.why.WhyFacts;
import io.cloudelements.connectwise.why.WorkloadUse;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gathers what the chain of a resource is judged by, with five reads of the API server at most. Of
 * Secrets only what is not secret goes on.
 *
 * @param defaultBaseUrl of a resource that names none
 * @param operator what the operator says of an account
 */
record WhyReader(UserCluster cluster, URI defaultBaseUrl, AdmissionSource operator) {

  /** The Secrets of a resource; without an account Secret of its own, the one of its entries. */
  private record ResourceSecrets(Sight<Secret> account, Sight<Secret> credentials) {}

  /**
   * @throws CommandFailure it is not there, or may not be read
   */
  ConnectWiseInstance resource(ResourceId id) {
    return cluster
        .instance(id)
        .orFail("You may not read ConnectWiseInstance " + id + ".")
        .orElseThrow(() -> CommandFailure.failed("There is no ConnectWiseInstance " + id + "."));
  }

  WhyFacts facts(ConnectWiseInstance resource) {
    SpecDefaults spec = SpecDefaults.of(resource);
    Optional<Sight<CloudElementsAccount>> account =
        spec.accountRef().map(name -> sight(cluster.account(name)));
    ResourceSecrets secrets = secrets(spec, resource);
    String token = WhyFacts.tokenSecret(resource);
    Optional<CloudElementsAccount> visible = account.flatMap(Sight::visible);
    return new WhyFacts(
        resource,
        account,
        secrets.account().map(secret -> accountKeys(secret, spec)),
        secrets.credentials().map(secret -> credentialKeys(secret, spec)),
        sight(cluster.secret(beside(resource, token))).map(secret -> delivered(secret, resource)),
        listed(token, resource),
        operator.admission(
            SpecDefaults.id(resource),
            WhyFacts.meteredAccount(
                resource,
                visible,
                secrets.account().visible().flatMap(secret -> fingerprint(secret, spec)))));
  }

  /** Every Secret of a resource and of its account object that may be read, with its values. */
  List<Secret> secrets(WhyFacts facts) {
    ConnectWiseInstance resource = facts.resource();
    SpecDefaults spec = SpecDefaults.of(resource);
    ResourceSecrets named = secrets(spec, resource);
    Stream<ResourceId> ofAccount =
        facts.visibleAccount().map(AccountTerms::of).stream()
            .flatMap(terms ->
                Stream.of(terms.secret(), terms.applicationSecret()).flatMap(Optional::stream));
    return Stream.concat(
            Stream.of(named.account(), named.credentials()),
            Stream.concat(Stream.of(beside(resource, facts.tokenSecret())), ofAccount)
                .map(name -> sight(cluster.secret(name))))
        .flatMap(secret -> secret.visible().stream())
        .toList();
  }

  private ResourceSecrets secrets(SpecDefaults spec, ConnectWiseInstance resource) {
    if (spec.namesNoSecret()) {
      return new ResourceSecrets(new Sight.Missing<>(), new Sight.Missing<>());
    }
    Sight<Secret> credentials = sight(cluster.secret(beside(resource, spec.credentialsSecret())));
    boolean shared =
        spec.accountRef().isPresent() || spec.accountSecret().equals(spec.credentialsSecret());
    return new ResourceSecrets(
        shared ? credentials : sight(cluster.secret(beside(resource, spec.accountSecret()))),
        credentials);
  }

  private Sight<List<WorkloadUse>> listed(String token, ConnectWiseInstance resource) {
    return switch (cluster.pods(resource.getMetadata().getNamespace())) {
      case ClusterRead.Denied<List<PodSecrets>> _ -> new Sight.Forbidden<>();
      case ClusterRead.Seen<List<PodSecrets>>(var pods) ->
          new Sight.Visible<>(WorkloadUse.of(pods, token));
    };
  }

  private static ResourceId beside(ConnectWiseInstance resource, String name) {
    return new ResourceId(resource.getMetadata().getNamespace(), name);
  }

  private static <T> Sight<T> sight(ClusterRead<Optional<T>> read) {
    return switch (read) {
      case ClusterRead.Denied<Optional<T>> _ -> new Sight.Forbidden<>();
      case ClusterRead.Seen<Optional<T>>(Optional<T> found) ->
          found.<Sight<T>>map(Sight.Visible::new).orElseGet(Sight.Missing::new);
    };
  }

  private SecretKeys accountKeys(Secret secret, SpecDefaults spec) {
    return keys(secret, CredentialsReader.account(SecretContent.of(secret), baseUrl(spec)));
  }

  private SecretKeys credentialKeys(Secret secret, SpecDefaults spec) {
    return spec.element()
        .map(element ->
            keys(
                secret,
                new CredentialsReader(
                        element,
                        spec.configurationPrefix(element),
                        baseUrl(spec),
                        spec.configuration(),
                        spec.listedEntries())
                    .read(SecretContent.of(secret), someAccount(spec))))
        .orElseGet(() -> SecretKeys.of(secret, Optional.empty()));
  }

  private static SecretKeys keys(Secret secret, CredentialsResult result) {
    return SecretKeys.of(
        secret,
        result instanceof CredentialsResult.Complete
            ? Optional.empty()
            : Optional.of(CredentialsOutcomes.of(result)));
  }

  /** The entries are judged by themselves. */
  private Account someAccount(SpecDefaults spec) {
    return new Account(baseUrl(spec), SecretValue.of(""), SecretValue.of(""));
  }

  /** Of an account object it is in its status. */
  private Optional<String> fingerprint(Secret secret, SpecDefaults spec) {
    return spec.accountRef().isEmpty()
            && CredentialsReader.account(SecretContent.of(secret), baseUrl(spec))
                instanceof CredentialsResult.Complete complete
        ? Optional.of(complete.account().fingerprint())
        : Optional.empty();
  }

  private URI baseUrl(SpecDefaults spec) {
    return spec.baseUrl(defaultBaseUrl).orElse(defaultBaseUrl);
  }

  private static DeliveredSecret delivered(Secret secret, ConnectWiseInstance resource) {
    return new DeliveredSecret(
        SecretKeys.of(secret, Optional.empty()),
        TokenSecretContract.isOurs(
            secret, resource.getMetadata().getUid(), StatusReader.instanceId(resource)),
        TokenSecretContract.instanceId(secret));
  }
}
