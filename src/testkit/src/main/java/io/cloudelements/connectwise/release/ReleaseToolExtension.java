package io.cloudelements.connectwise.release;

import io.cloudelements.connectwise.cluster.Located;
import io.cloudelements.connectwise.cluster.ToolExtension;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsReleaseTool}. */
final class ReleaseToolExtension extends ToolExtension<ReleaseTool> {
  /** By name: a test with several cases asks once. */
  private static final Map<String, Located<ReleaseTool>> LOCATED = new ConcurrentHashMap<>();

  ReleaseToolExtension() {
    super(ReleaseTool.class);
  }

  @Override
  protected Located<ReleaseTool> located(ExtensionContext context) {
    String name = context.getRequiredTestMethod().getAnnotation(NeedsReleaseTool.class).value();
    return LOCATED.computeIfAbsent(name, ReleaseTool::locate);
  }
}
