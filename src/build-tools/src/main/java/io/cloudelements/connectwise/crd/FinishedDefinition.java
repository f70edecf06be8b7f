package io.cloudelements.connectwise.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds to the definition what annotations on the records cannot say: constraints derived from the
 * core's tables, list types, and columns in their order.
 */
final class FinishedDefinition {
  private static final int ALWAYS = 0;
  private static final int WIDE = 1;

  private FinishedDefinition() {}

  /** With the CRD every resource would go: no tool may remove it because Git forgot it. */
  private static final Map<String, String> KEPT =
      new TreeMap<>(
          Map.of(
              "argocd.argoproj.io/sync-options",
              "Prune=false,Delete=false",
              "kustomize.toolkit.fluxcd.io/prune",
              "disabled"));

  static void finish(CustomResourceDefinition definition) {
    definition.getMetadata().setAnnotations(KEPT);
    CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getFirst();
    Schema root = new Schema(version.getSchema().getOpenAPIV3Schema());
    root(root);
    SpecSchema.constrain(root.field("spec"));
    StatusSchema.constrain(root.field("status"));
    version.setAdditionalPrinterColumns(columns());
    version.setSelectableFields(
        List.of(
            new SelectableField(".spec.hub"),
            new SelectableField(".spec.credentialsSecretRef.name"),
            new SelectableField(".status.state")));
  }

  /** {@code metadata} is visible to CEL at the root only. */
  private static void root(Schema root) {
    root.description(
        "A ConnectWise instance on Cloud Elements: created, kept as described, and deleted by the"
            + " operator, which puts the instance's token into a Secret.");
    // without it, an apply of a finalizer alone would bring a deleted object back, empty
    root.required("spec");
    String named = "(has(self.spec.tokenSecret) && has(self.spec.tokenSecret.name))";
    root.ruleAt(
        ".spec.tokenSecret",
        named + " || size(self.metadata.name) <= 247",
        "metadata.name is longer than 247 characters, so that the default name of the generated"
            + " Secret, <metadata.name>-token, would be too long: set spec.tokenSecret.name");
    root.ruleAt(
        ".spec.name",
        "has(self.spec.name) || size(self.metadata.name) <= 128",
        "metadata.name is longer than 128 characters and cannot serve as the name of the instance:"
            + " set spec.name");
    root.ruleAt(
        ".spec.credentialsSecretRef.name",
        named + " || self.spec.credentialsSecretRef.name != self.metadata.name + '-token'",
        defaultTokenSecret());
    root.ruleAt(
        ".spec.accountSecretRef.name",
        named
            + " || !has(self.spec.accountSecretRef)"
            + " || self.spec.accountSecretRef.name != self.metadata.name + '-token'",
        defaultTokenSecret());
  }

  private static String defaultTokenSecret() {
    return "must not be <metadata.name>-token, the default name of the generated Secret: rename"
        + " this Secret or set spec.tokenSecret.name";
  }

  private static List<CustomResourceColumnDefinition> columns() {
    return List.of(
        column("Hub", "string", ".spec.hub", ALWAYS, "Cloud Elements hub"),
        column("Instance", "integer", ".status.instanceId", ALWAYS, "Id on Cloud Elements"),
        column("State", "string", ".status.state", ALWAYS, "One-word summary"),
        column("Ready", "string", ready("status"), ALWAYS, "Whether the instance is usable"),
        column("Reason", "string", ready("reason"), ALWAYS, "Why it is ready or not"),
        column("Secret", "string", ".status.tokenSecretRef.name", ALWAYS, "The generated Secret"),
        column("Age", "date", ".metadata.creationTimestamp", ALWAYS, "Since when it exists"),
        column("Message", "string", ready("message"), WIDE, "What is the matter, what to do"),
        column("Name", "string", ".spec.name", WIDE, "Name on Cloud Elements"));
  }

  private static String ready(String field) {
    return ".status.conditions[?(@.type==\"Ready\")]." + field;
  }

  private static CustomResourceColumnDefinition column(
      String name, String type, String path, int priority, String description) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType(type)
        .withJsonPath(path)
        .withPriority(priority == ALWAYS ? null : priority)
        .withDescription(description)
        .build();
  }
}
