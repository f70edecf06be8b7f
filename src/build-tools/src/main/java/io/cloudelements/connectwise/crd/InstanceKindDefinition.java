package io.cloudelements.connectwise.crd;

import static io.cloudelements.connectwise.crd.PrinterColumn.of;
import static io.cloudelements.connectwise.crd.PrinterColumn.ready;
import static io.cloudelements.connectwise.crd.PrinterColumn.wide;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** The definition of {@code ConnectWiseInstance}. */
final class InstanceKindDefinition implements KindDefinition {

  @Override
  public Class<? extends CustomResource<?, ?>> records() {
    return ConnectWiseInstance.class;
  }

  /** {@code metadata} is visible to CEL at the root only. */
  @Override
  public void constrain(Schema root) {
    root.description(
        "A ConnectWise instance on Cloud Elements: created, kept as described, and deleted by the"
            + " operator, which puts the instance's token into a Secret.");
    names(root);
    SpecSchema.constrain(root.field("spec"));
    StatusSchema.constrain(root.field("status"));
  }

  private static void names(Schema root) {
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

  @Override
  public List<CustomResourceColumnDefinition> columns() {
    return List.of(
        of("Hub", "string", ".spec.hub", "Cloud Elements hub"),
        of("Instance", "integer", ".status.instanceId", "Id on Cloud Elements"),
        of("State", "string", ".status.state", "One-word summary"),
        of("Ready", "string", ready("status"), "Whether the instance is usable"),
        of("Reason", "string", ready("reason"), "Why it is ready or not"),
        of("Secret", "string", ".status.tokenSecretRef.name", "The generated Secret"),
        PrinterColumn.age(),
        wide("Message", "string", ready("message"), "What is the matter, what to do"),
        wide("Name", "string", ".spec.name", "Name on Cloud Elements"),
        wide("Account", "string", ".spec.accountRef.name", "The CloudElementsAccount it uses"),
        // a column of dates shows ages, and this one lies ahead
        wide("Next", "string", ".status.nextCheckAt", "When it is looked at again, if it waits"));
  }

  @Override
  public List<String> selectableFields() {
    return List.of(
        ".spec.hub", ".spec.credentialsSecretRef.name", ".spec.accountRef.name", ".status.state");
  }
}
