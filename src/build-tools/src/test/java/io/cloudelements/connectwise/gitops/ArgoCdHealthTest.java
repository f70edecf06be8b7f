package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health script, executed as Argo CD does: a global {@code obj}, a table as the result. */
class ArgoCdHealthTest {
  private static final Path SCRIPT = Path.of("deploy", "gitops", "argocd-health.lua");

  /** A pipeline that waits for ever, or goes on although nothing works, is worse than no health. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAHealth(StatusFixture fixture) throws IOException {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    LuaTable health = evaluate(resource);
    // Then
    assertThat(health.get("status").tojstring())
        .isEqualTo(
            switch (fixture.expected()) {
              case HEALTHY -> "Healthy";
              case PROGRESSING -> "Progressing";
              case FAILED -> "Degraded";
              case ON_HOLD -> "Suspended";
            });
    assertThat(health.get("message").tojstring()).isEqualTo(StatusFixture.MESSAGE);
  }

  /** A status that is about an older generation says nothing of the change. */
  @Test
  void anUnobservedGenerationIsProgressing() throws IOException {
    // Given
    var fixture =
        new StatusFixture(io.cloudelements.connectwise.instance.Reason.AVAILABLE, true, true);
    // When
    LuaTable health = evaluate(fixture.resource());
    // Then
    assertThat(health.get("status").tojstring()).isEqualTo("Progressing");
  }

  @Test
  void aResourceWithoutStatusIsProgressing() throws IOException {
    // Given
    Map<String, Object> resource = StatusFixture.fresh();
    // When
    LuaTable health = evaluate(resource);
    // Then
    assertThat(health.get("status").tojstring()).isEqualTo("Progressing");
  }

  /** The ConfigMap is what people apply. */
  @Test
  void configMapContainsTheScript() throws IOException {
    // Given
    String script = Files.readString(SCRIPT);
    // When
    JsonNode configMap =
        new YAMLMapper().readTree(Files.readString(SCRIPT.resolveSibling("argocd-cm.yaml")));
    // Then
    assertThat(
            configMap
                .at("/data/resource.customizations.health.cloudelements.io_ConnectWiseInstance")
                .asText())
        .isEqualTo(script);
  }

  private static LuaTable evaluate(Map<String, Object> resource) throws IOException {
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(resource));
    return globals.load(Files.readString(SCRIPT), "health.lua").call().checktable();
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        LuaTable table = new LuaTable();
        map.forEach((key, member) -> table.set(key.toString(), lua(member)));
        yield table;
      }
      case List<?> list -> {
        LuaTable table = new LuaTable();
        for (int index = 0; index < list.size(); index++) {
          table.set(index + 1, lua(list.get(index)));
        }
        yield table;
      }
      case Boolean flag -> LuaValue.valueOf(flag);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      default -> LuaValue.valueOf(value.toString());
    };
  }
}
