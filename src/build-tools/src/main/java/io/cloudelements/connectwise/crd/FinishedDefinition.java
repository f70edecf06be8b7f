package io.cloudelements.connectwise.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds to the definition what annotations on the records cannot say: constraints derived from the
 * core's tables, list types, and columns in their order.
 */
final class FinishedDefinition {
  private FinishedDefinition() {}

  /** With the CRD every resource would go: no tool may remove it because Git forgot it. */
  private static final Map<String, String> KEPT =
      new TreeMap<>(
          Map.of(
              "argocd.argoproj.io/sync-options",
              "Prune=false,Delete=false",
              "kustomize.toolkit.fluxcd.io/prune",
              "disabled"));

  static void finish(CustomResourceDefinition definition, KindDefinition kind) {
    definition.getMetadata().setAnnotations(KEPT);
    CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getFirst();
    Schema root = new Schema(version.getSchema().getOpenAPIV3Schema());
    // without it, an apply of a finalizer alone would bring a deleted object back, empty
    root.required("spec");
    kind.constrain(root);
    version.setAdditionalPrinterColumns(kind.columns());
    version.setSelectableFields(
        kind.selectableFields().stream().map(SelectableField::new).toList());
  }
}
