package io.cloudelements.connectwise.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;

/** A column of {@code kubectl get}. */
final class PrinterColumn {
  private static final int WIDE = 1;

  private PrinterColumn() {}

  static CustomResourceColumnDefinition of(
      String name, String type, String path, String description) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType(type)
        .withJsonPath(path)
        .withDescription(description)
        .build();
  }

  /** Shown with {@code -o wide} only. */
  static CustomResourceColumnDefinition wide(
      String name, String type, String path, String description) {
    return new CustomResourceColumnDefinitionBuilder(of(name, type, path, description))
        .withPriority(WIDE)
        .build();
  }

  static CustomResourceColumnDefinition age() {
    return of("Age", "date", ".metadata.creationTimestamp", "Since when it exists");
  }

  /** Path to a field of the condition {@code Ready}. */
  static String ready(String field) {
    return ".status.conditions[?(@.type==\"Ready\")]." + field;
  }
}
