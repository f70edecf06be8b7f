package io.cloudelements.connectwise.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the run's one control plane; see {@link RealCluster}. It starts with the first
 * parameter asked for and ends with the run. Its directory is below {@code target/control-plane},
 * and it audits every write.
 */
final class ControlPlaneExtension implements ParameterResolver {

  private static final Namespace OURS = Namespace.create(ControlPlaneExtension.class);
  private static final Set<Class<?>> OF_THE_RUN =
      Set.of(ControlPlane.class, KubernetesClient.class);
  private static final Set<Class<?>> OF_THE_TEST = Set.of(TestNamespace.class, ClusterUser.class);

  /** What lives as long as the run; the store closes it. */
  private record Shared(ControlPlane controlPlane, KubernetesClient client)
      implements AutoCloseable {

    static Shared start() {
      ControlPlane controlPlane =
          ControlPlane.start(
              ControlPlaneOptions.inNewDirectory("run-").withAuditPolicy(AuditPolicy.WRITES));
      return new Shared(controlPlane, controlPlane.client());
    }

    @Override
    public void close() {
      client.close();
      controlPlane.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return OF_THE_RUN.contains(type)
        || (OF_THE_TEST.contains(type) && context.getTestMethod().isPresent());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == ControlPlane.class) {
      return shared(context).controlPlane();
    }
    if (type == KubernetesClient.class) {
      return shared(context).client();
    }
    TestNamespace namespace = namespace(context);
    return type == TestNamespace.class
        ? namespace
        : shared(context).controlPlane().userIn(namespace.name());
  }

  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(OURS)
        .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
  }

  private static TestNamespace namespace(ExtensionContext context) {
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            TestNamespace.class,
            key -> TestNamespace.create(shared(context).client()),
            TestNamespace.class);
  }
}
