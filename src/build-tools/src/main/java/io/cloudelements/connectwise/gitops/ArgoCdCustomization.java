package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.instance.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The tests of the scripts in the form in which Argo CD keeps them, beside the scripts: resources
 * in every state, what their health is, and which actions they offer.
 */
final class ArgoCdCustomization {
  /** As in Argo CD's repository, where a copy of it may go. */
  static final Path FOLDER =
      Path.of(
          "deploy",
          "gitops",
          "argocd",
          "resource_customizations",
          "cloudelements.io",
          "ConnectWiseInstance");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final Map<Path, String> files = new LinkedHashMap<>();
  private final ObjectNode health = JsonNodeFactory.instance.objectNode();
  private final ObjectNode actions = JsonNodeFactory.instance.objectNode();

  private ArgoCdCustomization() {}

  /** Each file by its path from the root of the repository. */
  static Map<Path, String> files() {
    ArgoCdCustomization customization = new ArgoCdCustomization();
    customization.healthTests();
    customization.actionTests();
    return customization.files;
  }

  private void healthTests() {
    for (Reason.Kind kind : Reason.Kind.values()) {
      Reason reason = example(kind);
      ObjectNode resource = ExampleResource.of(reason);
      boolean deleting = resource.at("/metadata").has("deletionTimestamp");
      ToolHealth expected = deleting ? ToolHealth.PROGRESSING : ToolHealth.of(kind);
      ObjectNode test = healthTest(file(reason), resource, expected, message(resource));
      if (deleting) {
        ((ObjectNode) test.get("healthStatus")).put("deletionMessage", message(resource));
      }
    }
    healthTest(
        "changed",
        ExampleResource.changed(ExampleResource.of(Reason.AVAILABLE)),
        ToolHealth.PROGRESSING,
        "Waiting for the operator to see the change");
    healthTest(
        "no-status", ExampleResource.fresh(), ToolHealth.PROGRESSING, "Waiting for the operator");
    files.put(FOLDER.resolve("health_test.yaml"), yaml(health));
  }

  private ObjectNode healthTest(
      String name, ObjectNode resource, ToolHealth expected, String message) {
    ObjectNode test = health.withArrayProperty("tests").addObject();
    test.putObject("healthStatus").put("status", expected.argoCd()).put("message", message);
    test.put("inputPath", "testdata/" + name + ".yaml");
    files.put(FOLDER.resolve("testdata").resolve(name + ".yaml"), yaml(resource));
    return test;
  }

  /** One reason of each kind. */
  private static Reason example(Reason.Kind kind) {
    return switch (kind) {
      case READY -> Reason.AVAILABLE;
      case DEGRADED -> Reason.DISABLED;
      case PROGRESSING -> Reason.WAITING_FOR_SECRET;
      case PLANNED -> Reason.PLANNED;
      case SUSPENDED -> Reason.SUSPENDED;
      case RETRYING -> Reason.UNREACHABLE;
      case STALLED -> Reason.SECRET_NOT_FOUND;
      case WITHHELD -> Reason.ACCOUNT_NOT_USABLE;
      case REFUSED -> Reason.NOT_ACCEPTED;
      case UNKNOWN -> Reason.INTERNAL_ERROR;
      case DELETING -> Reason.DELETING;
      case DELETION_BLOCKED -> Reason.DELETION_BLOCKED;
      case FINISHED -> Reason.DELETED;
    };
  }

  private void actionTests() {
    discoveryTest(Reason.AVAILABLE);
    discoveryTest(Reason.SUSPENDED);
    discoveryTest(Reason.RECREATION_HELD);
    discoveryTest(Reason.NOT_FOUND);
    discoveryTest(Reason.DELETION_HELD);
    discoveryTest(Reason.OWNED_BY_ANOTHER);
    actionTest(ArgoCdAction.RECONCILE, Reason.AVAILABLE);
    actionTest(ArgoCdAction.SUSPEND, Reason.AVAILABLE);
    actionTest(ArgoCdAction.RESUME, Reason.SUSPENDED);
    actionTest(ArgoCdAction.CONFIRM_RECREATE, Reason.RECREATION_HELD);
    actionTest(ArgoCdAction.CONFIRM_RECREATE, Reason.NOT_FOUND);
    actionTest(ArgoCdAction.CONFIRM_DELETION, Reason.DELETION_HELD);
    actionTest(ArgoCdAction.TAKE_OVER, Reason.OWNED_BY_ANOTHER);
    files.put(FOLDER.resolve("actions").resolve("action_test.yaml"), yaml(actions));
  }

  private void discoveryTest(Reason reason) {
    ObjectNode test = actions.withArrayProperty("discoveryTests").addObject();
    test.put("inputPath", "testdata/" + file(reason) + ".yaml");
    ArrayNode offered = test.putArray("result");
    ArgoCdAction.fitting(reason).forEach(action -> offered.addObject().put("name", action.label()));
    actionResource(file(reason), ExampleResource.of(reason));
  }

  private void actionTest(ArgoCdAction action, Reason reason) {
    String after = file(reason) + "-" + action.label();
    ObjectNode test = actions.withArrayProperty("actionTests").addObject();
    test.put("action", action.label());
    test.put("inputPath", "testdata/" + file(reason) + ".yaml");
    test.put("expectedOutputPath", "testdata/" + after + ".yaml");
    actionResource(after, action.applied(ExampleResource.of(reason)));
  }

  private void actionResource(String name, ObjectNode resource) {
    files.put(
        FOLDER.resolve("actions").resolve("testdata").resolve(name + ".yaml"), yaml(resource));
  }

  /** Every condition that is present has it. */
  private static String message(ObjectNode resource) {
    for (JsonNode condition : resource.at("/status/conditions")) {
      if (condition.get("type").asText().equals("Synced")) {
        return condition.get("message").asText();
      }
    }
    throw new IllegalStateException("no condition Synced: " + resource);
  }

  private static String file(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The patch of Argo CD's ConfigMap that brings the scripts without a release of Argo CD. */
  static String configMap(UnaryOperator<String> script) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Health and actions of ConnectWiseInstances, and the health of CloudElementsAccounts and of Applications (leave the last
        # out where you have one).
        # Put together from the scripts beside it; do not edit. To write it anew: %s
        #
        # kubectl patch configmap argocd-cm -n argocd --patch-file deploy/gitops/argocd/argocd-cm.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: argocd-cm
          namespace: argocd
        data:
          resource.customizations.health.cloudelements.io_ConnectWiseInstance: |
        """
            .formatted(GitOpsGenerator.COMMAND));
    text.append(script.apply("health.lua").indent(4));
    text.append(
        """
          resource.customizations.actions.cloudelements.io_ConnectWiseInstance: |
            discovery.lua: |
        """);
    text.append(script.apply("actions/discovery.lua").indent(6));
    text.append("    definitions:\n");
    for (ArgoCdAction action : ArgoCdAction.values()) {
      text.append("    - name: %s\n      action.lua: |\n".formatted(action.label()));
      text.append(script.apply("actions/" + action.label() + "/action.lua").indent(8));
    }
    text.append("  resource.customizations.health.cloudelements.io_CloudElementsAccount: |\n");
    text.append(script.apply("../CloudElementsAccount/health.lua").indent(4));
    text.append("  resource.customizations.health.argoproj.io_Application: |\n");
    text.append(script.apply("../../../application-health.lua").indent(4));
    return withoutTrailingSpaces(text.toString());
  }

  private static String withoutTrailingSpaces(String text) {
    List<String> lines = Arrays.stream(text.split("\n")).map(String::stripTrailing).toList();
    return String.join("\n", lines) + "\n";
  }

  private static String yaml(JsonNode content) {
    try {
      return YAML.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as YAML: " + content, e);
    }
  }
}
