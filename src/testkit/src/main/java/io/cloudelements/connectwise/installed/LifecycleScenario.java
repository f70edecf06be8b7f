package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.operator.Acme;
import java.time.Duration;

/**
 * A life of a resource that makes the operator do everything that it does to a cluster. The user
 * asks for a reconcile after every step, since an operator that may not watch Secrets cannot
 * notice.
 *
 * @param user in a namespace of their own
 */
public record WholeLife(ClusterUser user) {
  private static final String FOREIGN =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: foreign}
      stringData: {precious: value}
      """;
  private static final String OTHER =
      Acme.HELP_DESK.replace("metadata: {name: acme}", "metadata: {name: other}")
          + "  tokenSecret: {name: foreign}\n";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** From the first manifest until nothing of it is left. */
  public void isLived() {
    isCreated();
    isChanged();
    getsItsSecretRepaired();
    getsItsSecretRenamed();
    meetsAForeignSecret();
    user.runs("delete", "cwi", "other", "acme", "--timeout=30s");
  }

  private void isCreated() {
    user.runs("create", "secret", "generic", "bystander", "--from-literal=precious=value");
    user.applies(Acme.CREDENTIALS);
    user.applies(Acme.HELP_DESK);
    user.runs("wait", "cwi/acme", "--for=condition=Ready", "--timeout=30s");
  }

  private void isChanged() {
    user.runs("patch", "cwi", "acme", "--type=merge", "-p", "{\"spec\": {\"name\": \"Changed\"}}");
    isFullyChecked("changed");
  }

  private void getsItsSecretRepaired() {
    String edited = "{\"stringData\": {\"token\": \"edited\"}}";
    user.runs("patch", "secret", "acme-token", "--type=merge", "-p", edited);
    isFullyChecked("repaired");
    await("the token is back")
        .atMost(LIMIT)
        .until(() ->
            !user.gets("secret", "acme-token", "-o", "jsonpath={.data.token}").equals("ZWRpdGVk"));
  }

  private void getsItsSecretRenamed() {
    String renamed = "{\"spec\": {\"tokenSecret\": {\"name\": \"acme-renamed\"}}}";
    user.runs("patch", "cwi", "acme", "--type=merge", "-p", renamed);
    isFullyChecked("renamed");
    await("the Secret has its new name only")
        .atMost(LIMIT)
        .until(
            () -> user.gets("secrets", "-o", "name").lines().toList(),
            names -> names.contains("secret/acme-renamed") && !names.contains("secret/acme-token"));
  }

  private void meetsAForeignSecret() {
    user.applies(FOREIGN);
    user.applies(OTHER);
    user.runs(
        "wait",
        "cwi/other",
        "--for=jsonpath={.status.conditions[?(@.type==\"Stalled\")].reason}=SecretConflict",
        "--timeout=30s");
    assertThat(user.gets("secret", "foreign", "-o", "jsonpath={.data.precious}"))
        .isEqualTo("dmFsdWU=");
  }

  private void isFullyChecked(String request) {
    user.runs(
        "annotate",
        "--overwrite",
        "cwi",
        "acme",
        "cloudelements.io/reconcile-requested-at=" + request);
    user.runs(
        "wait",
        "cwi/acme",
        "--for=jsonpath={.status.lastHandledReconcileAt}=" + request,
        "--timeout=30s");
  }
}
