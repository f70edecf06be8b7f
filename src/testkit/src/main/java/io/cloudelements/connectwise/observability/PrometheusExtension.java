package io.cloudelements.connectwise.observability;

import io.cloudelements.connectwise.cluster.Located;
import io.cloudelements.connectwise.cluster.ToolExtension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsPrometheus}. */
final class PrometheusExtension extends ToolExtension<PrometheusBinaries> {
  PrometheusExtension() {
    super(PrometheusBinaries.class);
  }

  @Override
  protected Located<PrometheusBinaries> located(ExtensionContext context) {
    return PrometheusBinaries.locate();
  }
}
