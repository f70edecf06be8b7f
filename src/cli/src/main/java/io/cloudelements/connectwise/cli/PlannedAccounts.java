package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.AccountPermit;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountObjectAccess;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The account objects among manifests, checked by the operator's own code as if the service had
 * then accepted their secrets. An object that is in no file is assumed to be as the resources need
 * it, and their notes say so.
 */
final class PlannedAccounts {
  private static final AccountPermit EVERYTHING =
      new AccountPermit(List.of(), AccountTerms.ADOPTION_ALLOWED);
  private static final AllowedNamespaces EVERY_NAMESPACE =
      new AllowedNamespaces(AccountTerms.From.ALL.key(), null, null);

  private final AccountCheck.BaseUrlSettings settings;
  private final PlannedSecrets secrets;
  private final Map<String, Map<String, String>> labels;
  private final Map<ResourceId, Checked> checked = new HashMap<>();

  /**
   * @param namespaces among the manifests
   */
  PlannedAccounts(
      AccountCheck.BaseUrlSettings settings, PlannedSecrets secrets, List<Namespace> namespaces) {
    this.settings = settings;
    this.secrets = secrets;
    this.labels =
        namespaces.stream()
            .collect(
                Collectors.toMap(
                    namespace -> namespace.getMetadata().getName(),
                    PlannedAccounts::labels,
                    (_, later) -> later));
  }

  /** The API server adds the namespace's name. */
  private static Map<String, String> labels(Namespace namespace) {
    Map<String, String> labels = new HashMap<>();
    Optional.ofNullable(namespace.getMetadata().getLabels()).ifPresent(labels::putAll);
    labels.put("kubernetes.io/metadata.name", namespace.getMetadata().getName());
    return labels;
  }

  /**
   * An account as it would be.
   *
   * @param account with the status of the check
   * @param keys that open it; empty where something is in the way
   * @param refusals why it would not serve
   * @param notes what else must be there
   */
  record Checked(
      CloudElementsAccount account,
      Optional<AccountDirectory.Keys> keys,
      List<String> refusals,
      List<String> notes) {}

  /** Makes it known to resources that refer to it. */
  void add(CloudElementsAccount account) {
    checked.put(AccountTerms.id(account), check(account));
  }

  Checked check(CloudElementsAccount account) {
    account.setStatus(null);
    account.getMetadata().setUid("");
    List<String> notes = new ArrayList<>();
    AccountTerms terms = AccountTerms.of(account);
    if (from(account).equals(AccountTerms.From.SELECTOR.key())) {
      notes.add("needs the operator's ACCOUNT_NAMESPACE_SELECTORS=true");
    }
    AccountCheck check = new AccountCheck(account, settings);
    return switch (check.begin(terms.secret().map(id -> secret(id, notes)))) {
      case AccountCheck.NextStep.Ask(Account asked) -> accepted(check, asked, notes);
      case AccountCheck.NextStep.Done(AccountCheckResult result) -> refused(account, result, notes);
    };
  }

  private Checked accepted(AccountCheck check, Account asked, List<String> notes) {
    Optional<ApplicationSecrets> application =
        AccountTerms.of(check.account())
            .applicationSecret()
            .map(id ->
                secrets.get(id, new TreeSet<>(List.of(CredentialsReader.USER_SECRET)), "", notes))
            .flatMap(secret ->
                CredentialsReader.applicationUser(
                    SecretContent.of(secret), asked.organizationSecret()));
    AccountCheckResult result = check.accepted(asked, new OrganizationAnswer.NotTold("not asked"));
    report(check.account(), result);
    return new Checked(
        check.account(),
        Optional.of(new AccountDirectory.Keys(asked, application)),
        List.of(),
        notes);
  }

  private static Checked refused(
      CloudElementsAccount account, AccountCheckResult result, List<String> notes) {
    report(account, result);
    if (result.reason() == AccountReason.SUSPENDED) {
      notes.add(result.message());
      return new Checked(account, Optional.empty(), List.of(), notes);
    }
    return new Checked(
        account,
        Optional.empty(),
        List.of(result.reason().label() + ": " + result.message()),
        List.of());
  }

  private static void report(CloudElementsAccount account, AccountCheckResult result) {
    account.setStatus(
        AccountStatusComposer.compose(account, result, AccountUse.none(), false, Instant.EPOCH));
  }

  private Secret secret(ResourceId id, List<String> notes) {
    return secrets.get(id, new TreeSet<>(CredentialsReader.ACCOUNT_KEYS), "", notes);
  }

  /** Opens the account that the resource refers to. */
  AccountSource open(ConnectWiseInstance resource, List<String> notes) {
    String namespace = resource.getMetadata().getNamespace();
    Optional<Checked> account =
        SpecDefaults.of(resource)
            .accountRef()
            .map(id ->
                Optional.ofNullable(checked.get(id))
                    .map(known -> letting(namespace, known, notes))
                    .orElseGet(() -> assumed(id, notes)));
    return AccountObjectAccess.open(
        new AccountAuthorizer(new Directory(account, labels)), resource);
  }

  /** Whether the selector matches a namespace that is in no file cannot be told. */
  private Checked letting(String namespace, Checked known, List<String> notes) {
    CloudElementsAccount account = known.account();
    boolean unknown =
        from(account).equals(AccountTerms.From.SELECTOR.key()) && !labels.containsKey(namespace);
    if (!unknown || namespace.equals(account.getMetadata().getNamespace())) {
      return known;
    }
    notes.add(
        "needs labels on namespace "
            + namespace
            + " that the selector of CloudElementsAccount "
            + AccountTerms.id(account)
            + " matches");
    CloudElementsAccountSpec spec = account.getSpec();
    CloudElementsAccount open =
        account(
            AccountTerms.id(account),
            new CloudElementsAccountSpec(
                spec.baseUrl(),
                spec.secretRef(),
                EVERY_NAMESPACE,
                spec.permit(),
                spec.limits(),
                spec.applicationUser(),
                spec.suspend()));
    open.setStatus(account.getStatus());
    return new Checked(open, known.keys(), known.refusals(), known.notes());
  }

  private Checked assumed(ResourceId id, List<String> notes) {
    notes.add(
        "needs CloudElementsAccount "
            + id
            + ", which must let this namespace use it; its base URL, here the operator's default,"
            + " is used");
    SecretReference inNoFile = new SecretReference("");
    return check(
        account(
            id,
            new CloudElementsAccountSpec(
                null, inNoFile, EVERY_NAMESPACE, EVERYTHING, null, null, null)));
  }

  private static CloudElementsAccount account(ResourceId id, CloudElementsAccountSpec spec) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(id.namespace())
            .withName(id.name())
            .withUid("")
            .build());
    account.setSpec(spec);
    return account;
  }

  private static String from(CloudElementsAccount account) {
    return Optional.ofNullable(account.getSpec().allowedNamespaces())
        .map(AllowedNamespaces::from)
        .orElse("");
  }

  /** The one account that a resource refers to. */
  private record Directory(Optional<Checked> known, Map<String, Map<String, String>> namespaces)
      implements AccountDirectory {
    @Override
    public Optional<CloudElementsAccount> account(ResourceId name) {
      return known.map(Checked::account);
    }

    @Override
    public Optional<Map<String, String>> labels(String namespace) {
      return Optional.ofNullable(namespaces.get(namespace));
    }

    @Override
    public String applicationVersion(CloudElementsAccount account) {
      return "";
    }

    @Override
    public Optional<Keys> keys(CloudElementsAccount account) {
      return known.flatMap(Checked::keys);
    }
  }
}
