package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the input to the desired instance, or to the outcome that says what is in the way. */
public final class DesiredResolver {
  /** The desired instance, or why there is none. */
  public sealed interface Resolution {
    record Resolved(DesiredInstance desired, CredentialsResult.Complete credentials)
        implements Resolution {}

    record Blocked(Outcome outcome) implements Resolution {}
  }

  private final ReconcileSettings settings;

  public DesiredResolver(ReconcileSettings settings) {
    this.settings = settings;
  }

  public Resolution resolve(ReconcileInput input) {
    return SpecChecks.problem(input)
        .map(problem -> Outcome.of(Reason.INVALID_SPEC, problem + "."))
        .or(() -> AccountOutcomes.inTheWay(input))
        .or(() -> notAllowed(baseUrl(input)))
        .<Resolution>map(Resolution.Blocked::new)
        .orElseGet(() -> withCredentials(input));
  }

  private URI baseUrl(ReconcileInput input) {
    return opened(input)
        .map(open -> open.account().baseUrl())
        .orElseGet(() -> input.spec().baseUrl(settings.defaultBaseUrl()).orElseThrow());
  }

  /** What its account object opens; empty where its own Secrets do. */
  private static Optional<AccountSource.Open> opened(ReconcileInput input) {
    return input.account() instanceof AccountSource.Open open
        ? Optional.of(open)
        : Optional.empty();
  }

  private Optional<Outcome> notAllowed(URI baseUrl) {
    return settings.allowed().test(baseUrl)
        ? Optional.empty()
        : Optional.of(
            Outcome.of(
                Reason.BASE_URL_NOT_ALLOWED,
                "spec.baseUrl "
                    + baseUrl
                    + " is not on the operator's list of allowed base URLs, so no secret is sent"
                    + " there. Use an allowed one, or have CLOUD_ELEMENTS_ALLOWED_BASE_URLS"
                    + " extended."));
  }

  private Resolution withCredentials(ReconcileInput input) {
    URI baseUrl = baseUrl(input);
    Element element = input.spec().element().orElseThrow();
    CredentialsResult result =
        input.deleting() ? readForDeletion(input, element, baseUrl) : read(input, element, baseUrl);
    return usable(result, input)
        .map(complete -> resolved(input, desired(input, element, complete), complete))
        .orElseGet(() ->
            new Resolution.Blocked(
                input.deleting()
                    ? CredentialsOutcomes.ofDeletion(result)
                    : CredentialsOutcomes.of(result)));
  }

  private static Resolution resolved(
      ReconcileInput input, DesiredInstance desired, CredentialsResult.Complete credentials) {
    return TemplateCheck.refused(input, desired)
        .<Resolution>map(Resolution.Blocked::new)
        .orElseGet(() -> new Resolution.Resolved(desired, credentials));
  }

  /**
   * A deletion may work with the credentials of an earlier reconcile: the Secret is often deleted
   * first.
   */
  private Optional<CredentialsResult.Complete> usable(
      CredentialsResult result, ReconcileInput input) {
    if (result instanceof CredentialsResult.Complete complete) {
      return Optional.of(complete);
    }
    return input
        .history()
        .credentials()
        .filter(kept -> input.deleting() && settings.allowed().test(kept.account().baseUrl()));
  }

  private CredentialsResult read(ReconcileInput input, Element element, URI baseUrl) {
    SpecDefaults spec = input.spec();
    for (String name : List.of(spec.credentialsSecret(), spec.accountSecret())) {
      if (input.secret(name).isEmpty()) {
        return new CredentialsResult.NoSecret(name);
      }
    }
    CredentialsReader reader =
        new CredentialsReader(
            element,
            spec.configurationPrefix(element),
            baseUrl,
            spec.configuration(),
            spec.listedEntries());
    SecretContent credentials =
        SecretContent.of(input.secret(spec.credentialsSecret()).orElseThrow());
    return opened(input)
        .map(open -> reader.read(credentials, open.account()))
        .orElseGet(() ->
            reader.read(
                credentials, SecretContent.of(input.secret(spec.accountSecret()).orElseThrow())));
  }

  /**
   * A deletion needs the account alone, so that no entry which only a creation sends holds it up.
   */
  private CredentialsResult readForDeletion(ReconcileInput input, Element element, URI baseUrl) {
    CredentialsResult whole = read(input, element, baseUrl);
    if (whole instanceof CredentialsResult.Complete) {
      return whole;
    }
    CredentialsResult account = accountAlone(input, baseUrl);
    return account instanceof CredentialsResult.Complete(AccountAccess opened, var nothing)
        ? new CredentialsResult.Complete(opened.withKnownSecrets(secretsBefore(input)), nothing)
        : account;
  }

  private static CredentialsResult accountAlone(ReconcileInput input, URI baseUrl) {
    String name = input.spec().accountSecret();
    return opened(input)
        .<CredentialsResult>map(open ->
            new CredentialsResult.Complete(AccountAccess.to(open.account()), Configuration.EMPTY))
        .orElseGet(() ->
            input
                .secret(name)
                .map(secret -> CredentialsReader.account(SecretContent.of(secret), baseUrl))
                .orElseGet(() -> new CredentialsResult.NoSecret(name)));
  }

  /** What an earlier reconcile sent to the service, which may still quote it. */
  private static Set<SecretValue> secretsBefore(ReconcileInput input) {
    return input.history().credentials().map(known -> known.access().secrets()).orElseGet(Set::of);
  }

  private DesiredInstance desired(
      ReconcileInput input, Element element, CredentialsResult.Complete credentials) {
    SpecDefaults spec = input.spec();
    return new DesiredInstance(
        input.id(),
        spec.ownershipTag(settings.clusterName()),
        new InstanceDefinition(
            element,
            spec.name(),
            spec.instanceTags(settings.clusterName()),
            credentials.configuration()),
        credentials
            .access()
            .withKnownSecrets(tokens(input))
            .withKnownSecrets(applicationSecrets(input)),
        new DesiredInstance.Policies(
            spec.enabled(),
            spec.adoptInstanceId(),
            input.policy().orElseThrow(),
            spec.deletionPolicy().orElseThrow(),
            opened(input).map(AccountSource.Open::takesUnmarked).orElse(true)),
        new DesiredInstance.Confirmations(
            input.annotation(Confirmation.TAKE_OVER.annotation()),
            input.annotation(Confirmation.RECREATE.annotation()),
            input.annotation(Confirmation.DELETE.annotation())));
  }

  /** The service knows them too. */
  private static List<SecretValue> applicationSecrets(ReconcileInput input) {
    return opened(input)
        .flatMap(AccountSource.Open::applicationUser)
        .map(user -> List.of(user.userSecret(), user.organizationSecret()))
        .orElseGet(List::of);
  }

  private static List<SecretValue> tokens(ReconcileInput input) {
    return input.secrets().values().stream()
        .filter(secret ->
            TokenSecretContract.isOwned(secret, input.metadata().getUid())
                || TokenSecretContract.mayBeOurs(secret))
        .flatMap(secret -> TokenSecretContract.token(secret).stream())
        .toList();
  }
}
