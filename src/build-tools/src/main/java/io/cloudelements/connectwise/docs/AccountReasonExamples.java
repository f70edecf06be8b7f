package io.cloudelements.connectwise.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One status of an account object of each reason, found and composed by the operator's own code.
 */
final class AccountReasonExamples {
  private static final Instant BEFORE = Instant.parse("2026-11-24T08:00:20Z");
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.cloud-elements.com/elements/api-v2");
  private static final AccountCheck.BaseUrlSettings SETTINGS =
      new AccountCheck.BaseUrlSettings(
          BASE_URL, url -> url.getHost().endsWith(".cloud-elements.com"));
  private static final Map<String, String> SECRETS =
      Map.of("userSecret", "user", "organizationSecret", "organization");
  private static final Account OPENED =
      new Account(BASE_URL, SecretValue.of("user"), SecretValue.of("organization"));
  private static final AccountUse USE =
      new AccountUse(
          new InstanceCounts(137, 135, 1),
          12,
          List.of(
              new ResourceId("billing", "acme"),
              new ResourceId("billing", "globex"),
              new ResourceId("support", "acme")),
          List.of());

  private AccountReasonExamples() {}

  static CloudElementsAccountStatus status(AccountReason reason) {
    CloudElementsAccount account = account("");
    return switch (reason) {
      case VERIFIED -> verified();
      case SUSPENDED -> begun("suspend: true", SECRETS);
      case UNREACHABLE -> failed(new RemoteFailure.Unreachable("the connection was refused"));
      case SECRET_NOT_FOUND -> begun("", Map.of());
      case MISSING_ENTRIES -> begun("", Map.of("userSecret", "user"));
      case MALFORMED_ENTRIES ->
          begun("", Map.of("userSecret", "user\n", "organizationSecret", "organization"));
      case INVALID_SPEC -> begun("baseUrl: '::'", SECRETS);
      case BASE_URL_NOT_ALLOWED -> begun("baseUrl: https://elsewhere.example.com", SECRETS);
      case ACCOUNT_REJECTED ->
          failed(
              new RemoteFailure.AccountRejected(
                  ReasonExamples.answer(401, "Invalid Organization or User")));
      case ACCESS_DENIED ->
          failed(
              new RemoteFailure.AccessDenied(ReasonExamples.answer(403, "User lacks a privilege")));
      case IDENTITY_CHANGED -> {
        account.setStatus(verified());
        yield compose(account, told(account, "815", "Globex"), NOW);
      }
      case IN_USE -> {
        account.setStatus(verified());
        yield compose(account, AccountStatusComposer.inUse(USE, true), NOW);
      }
    };
  }

  private static CloudElementsAccountStatus verified() {
    CloudElementsAccount account = account("");
    return compose(account, told(account, "4711", "ACME"), BEFORE);
  }

  private static AccountCheckResult told(CloudElementsAccount account, String id, String name) {
    return new AccountCheck(account, SETTINGS)
        .accepted(OPENED, new OrganizationAnswer.Told(new Organization(id, Optional.of(name))));
  }

  /**
   * What the cluster alone shows.
   *
   * @param values of the Secret; none: there is no Secret
   */
  private static CloudElementsAccountStatus begun(String line, Map<String, String> values) {
    CloudElementsAccount account = account(line);
    Optional<Secret> secret =
        Optional.of(values)
            .filter(some -> !some.isEmpty())
            .map(some -> ExampleInputs.named("acme-admin", some));
    return switch (new AccountCheck(account, SETTINGS).begin(secret)) {
      case AccountCheck.NextStep.Done(AccountCheckResult result) -> compose(account, result, NOW);
      case AccountCheck.NextStep.Ask _ ->
          throw new IllegalStateException("nothing is in the way: " + line);
    };
  }

  private static CloudElementsAccountStatus failed(RemoteFailure failure) {
    CloudElementsAccount account = account("");
    return compose(account, new AccountCheck(account, SETTINGS).failed(OPENED, failure, NOW), NOW);
  }

  private static CloudElementsAccountStatus compose(
      CloudElementsAccount account, AccountCheckResult result, Instant now) {
    return AccountStatusComposer.compose(account, result, USE, true, now);
  }

  private static CloudElementsAccount account(String line) {
    String manifest =
        """
        apiVersion: cloudelements.io/v1
        kind: CloudElementsAccount
        metadata: {name: acme-production, namespace: connectwise-accounts, uid: 0, generation: 1}
        spec:
          secretRef: {name: acme-admin}
          %s
        """;
    try {
      return new YAMLMapper().readValue(manifest.formatted(line), CloudElementsAccount.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
