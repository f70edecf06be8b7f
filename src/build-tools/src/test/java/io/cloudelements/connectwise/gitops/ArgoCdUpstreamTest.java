package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.Annotations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that go to Argo CD with the scripts, run as Argo CD runs them: from the files. */
class ArgoCdUpstreamTest {
  private static final Path ACTIONS = ArgoCdCustomization.FOLDER.resolve("actions");

  static Stream<JsonNode> healthTests() {
    return tests(ArgoCdCustomization.FOLDER.resolve("health_test.yaml"), "tests");
  }

  static Stream<JsonNode> discoveryTests() {
    return tests(ACTIONS.resolve("action_test.yaml"), "discoveryTests");
  }

  static Stream<JsonNode> actionTests() {
    return tests(ACTIONS.resolve("action_test.yaml"), "actionTests");
  }

  private static Stream<JsonNode> tests(Path file, String name) {
    JsonNode tests = new GitOpsFile(file).only().get(name);
    return StreamSupport.stream(tests.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("healthTests")
  void healthIsAsTheFileSays(JsonNode test) {
    // Given
    JsonNode resource = resource(ArgoCdCustomization.FOLDER, test.get("inputPath"));
    // When
    JsonNode health = LuaScript.of("health.lua").run(resource);
    // Then
    assertThat(health).isEqualTo(test.get("healthStatus"));
  }

  @ParameterizedTest
  @MethodSource("discoveryTests")
  void actionsAreOfferedAsTheFileSays(JsonNode test) {
    // Given
    JsonNode resource = resource(ACTIONS, test.get("inputPath"));
    // When
    JsonNode offered = LuaScript.of("actions/discovery.lua").run(resource);
    // Then
    Set<String> names = new TreeSet<>();
    offered.fieldNames().forEachRemaining(names::add);
    assertThat(names).isEqualTo(new TreeSet<>(test.get("result").findValuesAsText("name")));
  }

  @ParameterizedTest
  @MethodSource("actionTests")
  void actionsChangeWhatTheFileSays(JsonNode test) throws IOException {
    // Given
    JsonNode resource = resource(ACTIONS, test.get("inputPath"));
    LuaScript script = LuaScript.of("actions/" + test.get("action").asText() + "/action.lua");
    // When
    JsonNode changed = script.run(resource);
    // Then
    assertThat(withoutTime(changed))
        .isEqualTo(LuaScript.same(resource(ACTIONS, test.get("expectedOutputPath"))));
  }

  /** As a normalizer of Argo CD's tests does for each kind. */
  private static JsonNode withoutTime(JsonNode resource) {
    if (resource.at("/metadata/annotations") instanceof ObjectNode annotations
        && annotations.has(Annotations.RECONCILE_REQUESTED_AT)) {
      annotations.put(Annotations.RECONCILE_REQUESTED_AT, ArgoCdAction.SOME_TIME);
    }
    return resource;
  }

  private static JsonNode resource(Path folder, JsonNode file) {
    List<JsonNode> documents = new GitOpsFile(folder.resolve(file.asText())).documents();
    return documents.getFirst();
  }
}
