package io.cloudelements.connectwise.crd;

import static io.cloudelements.connectwise.crd.PrinterColumn.of;
import static io.cloudelements.connectwise.crd.PrinterColumn.ready;
import static io.cloudelements.connectwise.crd.PrinterColumn.wide;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** The definition of {@code CloudElementsAccount}. */
final class AccountKindDefinition implements KindDefinition {

  @Override
  public Class<? extends CustomResource<?, ?>> records() {
    return CloudElementsAccount.class;
  }

  @Override
  public void constrain(Schema root) {
    root.description(
        "An account of Cloud Elements that ConnectWiseInstances of several namespaces may use"
            + " without a Secret of it in their namespaces.");
    AccountSpecSchema.constrain(root.field("spec"));
    status(root.field("status"));
  }

  private static void status(Schema status) {
    status.description("What the operator last saw. Written by the operator only.");
    status.field("observedGeneration").int64().atLeast(0);
    for (String count : List.of("total", "ready", "stalled")) {
      status.field("instances").field(count).int32().atLeast(0);
    }
    status.field("namespaces").int32().atLeast(0);
    ConditionsSchema.constrain(status.field("conditions"), "Ready, Reconciling or Stalled.");
  }

  @Override
  public List<CustomResourceColumnDefinition> columns() {
    return List.of(
        of("URL", "string", ".spec.baseUrl", "Base URL; empty for the operator's default"),
        of("Org", "string", ".status.organization.name", "Organization on Cloud Elements"),
        of("Ready", "string", ready("status"), "Whether resources can use the account"),
        of("Reason", "string", ready("reason"), "Why it is ready or not"),
        of("Instances", "integer", ".status.instances.total", "Resources that use the account"),
        of("Namespaces", "integer", ".status.namespaces", "Namespaces that use the account"),
        PrinterColumn.age(),
        wide("Message", "string", ready("message"), "What is the matter, what to do"));
  }

  @Override
  public List<String> selectableFields() {
    return List.of();
  }
}
