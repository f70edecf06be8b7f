package io.cloudelements.connectwise.docs;

import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference of both kinds, derived from their definitions: every field, what the API server
 * checks, and the samples.
 */
final class ApiReference {
  static final Path FILE = Path.of("docs", "api.md");

  private static final Path SAMPLES = Path.of("deploy", "samples");
  private static final String TABLE = "| field | type | meaning | checked |\n|---|---|---|---|\n";

  private final StringBuilder text = new StringBuilder();

  private ApiReference() {}

  static String render() {
    ApiReference reference = new ApiReference();
    reference.text.append(
        "<!-- Generated from crds/; do not edit. Write it anew: %s -->\n\n"
            .formatted(DocsGenerator.COMMAND));
    for (CrdFile file : CrdFile.values()) {
      reference.kind(
          Serialization.unmarshal(read(file.path()), CustomResourceDefinition.class),
          file == CrdFile.INSTANCES);
    }
    reference.samples();
    return reference.text.toString();
  }

  private void kind(CustomResourceDefinition definition, boolean hasSecrets) {
    JSONSchemaProps schema =
        definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    String shortName = definition.getSpec().getNames().getShortNames().getFirst();
    text.append("# ")
        .append(definition.getSpec().getNames().getKind())
        .append("\n\n")
        .append(
            """
            `%s/v1`, `kubectl get %s`. %s
            The API server checks everything in the last column when a resource is applied, and says what to do.
            The same text is at hand as `kubectl explain %s.spec`.

            """
                .formatted(
                    definition.getSpec().getGroup(),
                    shortName,
                    schema.getDescription(),
                    shortName));
    section("spec", schema);
    section("status", schema);
    text.append("## Rules between fields\n\n");
    allRules("spec.", schema.getProperties().get("spec"));
    rules("", schema);
    text.append('\n');
    if (hasSecrets) {
      credentials();
      text.append(GeneratedSecretReference.render());
    }
    columns(definition);
  }

  private void section(String name, JSONSchemaProps root) {
    JSONSchemaProps schema = root.getProperties().get(name);
    text.append("## ")
        .append(name)
        .append("\n\n")
        .append(schema.getDescription())
        .append("\n\n")
        .append(TABLE);
    rows("", schema);
    text.append('\n');
  }

  private void rows(String prefix, JSONSchemaProps schema) {
    schema
        .getProperties()
        .forEach((name, field) -> {
          boolean required = schema.getRequired().contains(name);
          text.append(
              "| `%s%s` | %s%s | %s | %s |\n"
                  .formatted(
                      prefix,
                      name,
                      FieldText.type(field),
                      required ? ", required" : "",
                      cell(field.getDescription()),
                      cell(FieldText.checks(field))));
          rows(prefix + name + ".", field);
          FieldText.items(field).ifPresent(item -> rows(prefix + name + "[].", item));
        });
  }

  private void rules(String prefix, JSONSchemaProps schema) {
    for (ValidationRule rule : schema.getXKubernetesValidations()) {
      String field = prefix + rule.getFieldPath().substring(1);
      text.append("- `%s`: %s\n".formatted(field, cell(rule.getMessage())));
    }
  }

  /** The objects below it may have rules of their own. */
  private void allRules(String prefix, JSONSchemaProps schema) {
    rules(prefix, schema);
    schema
        .getProperties()
        .forEach((name, field) -> {
          if (!field.getProperties().isEmpty()) {
            allRules(prefix + name + ".", field);
          }
          FieldText.items(field)
              .filter(item -> !item.getProperties().isEmpty())
              .ifPresent(item -> allRules(prefix + name + "[].", item));
        });
  }

  private void credentials() {
    text.append(
        """
        ## Keys of the credentials Secret

        `userSecret` and `organizationSecret` (here or in `accountSecretRef`) are those of the Cloud Elements account.
        The others feed the instance's configuration, by element. A key with a dot under one of the element's prefixes (below),
        or one that `credentialsSecretRef.entries` lists, is a configuration entry by its full name and wins. Every other key
        stays in the Secret: the message of a ready resource names those with a dot.

        A blank value is a missing one. At most %d entries of a resource are sent, %d KiB each and %d KiB in all. A value with a
        line break, an invisible character or a space at an end is refused (`MalformedEntries`), with key, position and the
        character's name.

        | element | key | configuration entry |
        |---|---|---|
        """
            .formatted(
                CredentialsReader.MAX_ENTRIES,
                CredentialsReader.MAX_VALUE_KIB,
                CredentialsReader.MAX_TOTAL_KIB));
    entries();
    prefixes();
    text.append('\n');
  }

  private void entries() {
    for (Element element : Element.values()) {
      for (Element.RequiredEntry entry : element.entries()) {
        text.append(
            "| `%s` | `%s` | `%s`%s |\n"
                .formatted(
                    element.key(),
                    entry.secretKey(),
                    entry.configurationKey(element.defaultPrefix()),
                    entry.prefixed() ? ", prefix by `configurationPrefix`" : ""));
      }
    }
  }

  private void prefixes() {
    text.append("\n| element | prefixes of raw entries |\n|---|---|\n");
    for (Element element : Element.values()) {
      text.append(
          "| `%s` | %s |\n"
              .formatted(
                  element.key(),
                  element.entryPrefixes("").stream()
                      .map(prefix -> "`" + prefix + "`")
                      .collect(Collectors.joining(", ", "", ", `configurationPrefix`"))));
    }
  }

  private void columns(CustomResourceDefinition definition) {
    text.append("## Columns of kubectl get\n\n| column | from | shown |\n|---|---|---|\n");
    definition
        .getSpec()
        .getVersions()
        .getFirst()
        .getAdditionalPrinterColumns()
        .forEach(column ->
            text.append(
                "| %s | `%s` | %s |\n"
                    .formatted(
                        column.getName().toUpperCase(Locale.ROOT),
                        cell(column.getJsonPath()),
                        column.getPriority() == null || column.getPriority() == 0
                            ? "always"
                            : "with `-o wide`")));
    String selectable =
        definition.getSpec().getVersions().getFirst().getSelectableFields().stream()
            .map(field -> "`" + field.getJsonPath().substring(1) + "`")
            .collect(Collectors.joining(", "));
    if (!selectable.isEmpty()) {
      text.append("\n`kubectl get cwi --field-selector` knows %s.\n".formatted(selectable));
    }
    text.append('\n');
  }

  private void samples() {
    text.append("## Examples\n\n");
    try (Stream<Path> files = Files.list(SAMPLES)) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .forEach(file ->
              text.append(
                  "- [%1$s](../deploy/samples/%1$s): %2$s\n"
                      .formatted(file.getFileName(), firstSentence(read(file)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the comment on top, which may run over several lines. */
  private static String firstSentence(String sample) {
    String comment =
        sample
            .lines()
            .takeWhile(line -> line.startsWith("#"))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining(" "));
    int end = comment.indexOf(". ");
    return end < 0 ? comment : comment.substring(0, end + 1);
  }

  private static String cell(String sentence) {
    return sentence.replace("|", "\\|").replace("<", "&lt;");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
