package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.Tenant;
import java.util.Map;

/**
 * A life of a resource, and one of an account and its resource, that make the operator do
 * everything that it does to a cluster. The user asks for a reconcile after every step, since an
 * operator that may not watch Secrets cannot notice.
 */
public final class LifecycleScenario {
  private static final String TOKEN = "acme-token";
  private static final String RENAMED = "acme-renamed";

  private LifecycleScenario() {}

  /** From the first manifest until nothing of it is left. */
  public static void run(Tenant tenant) {
    tenant.appliesSecret("bystander", Map.of("precious", "value"));
    tenant.provisions("acme");

    tenant.changes("acme", "{\"name\": \"Changed\"}");
    tenant.awaitsReconcile("acme");

    String token = tenant.deliveredToken(TOKEN);
    tenant.edits(TOKEN, Map.of("token", "edited"));
    tenant.awaitsReconcile("acme");
    tenant.awaits(
        "the token is back", () -> assertThat(tenant.deliveredToken(TOKEN)).isEqualTo(token));

    tenant.changes("acme", "{\"tokenSecret\": {\"name\": \"" + RENAMED + "\"}}");
    tenant.awaitsReconcile("acme");
    tenant.awaits(
        "the Secret has its new name only",
        () -> {
          assertThat(tenant.secret(RENAMED)).isPresent();
          assertThat(tenant.secret(TOKEN)).isEmpty();
        });

    tenant.appliesSecret("foreign", Map.of("precious", "value"));
    tenant.applies(Tenant.helpDesk("other", "tokenSecret: {name: foreign}"));
    tenant.awaits("other", other -> other.isStalled("SecretConflict"));
    assertThat(tenant.secret("foreign")).contains(Map.of("precious", "value"));

    tenant.person().runs("delete", "cwi", "other", "acme", "--timeout=30s");
  }

  /**
   * The same of an account that a tenant may use.
   *
   * @param allowedNamespaces by which the tenant may
   * @param restart of the operator, which then knows the account from the API server alone
   */
  public static void runShared(AccountOwner owner, String allowedNamespaces, Runnable restart) {
    owner.sharesBy(allowedNamespaces);
    owner.appliesEntries();
    owner.tenant().applies(owner.helpDesk("shared"));
    owner.tenant().awaitsReady("shared");
    restart.run();
    owner.tenant().awaitsReconcile("shared");
    owner.tenant().person().runs("delete", "cwi", "shared", "--timeout=30s");
    owner.person().runs("delete", "cea", AccountOwner.ACCOUNT, "--timeout=30s");
  }
}
