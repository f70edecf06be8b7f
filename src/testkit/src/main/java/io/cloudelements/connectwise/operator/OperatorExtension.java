package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link Tenant}, and ends what they began; see {@link RealOperator}. */
final class OperatorExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace OURS = Namespace.create(OperatorExtension.class);

  /** What the extension of the control plane gives. */
  private record Given(
      ControlPlane controlPlane, KubernetesClient client, TestNamespace namespace) {
    static Given in(ExtensionContext context) {
      return (Given)
          context.getExecutableInvoker().invoke(Given.class.getDeclaredConstructors()[0]);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return (type == Tenant.class || type == OperatedCluster.class)
        && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The namespace comes first, so that it is deleted after the operator has ended.
    Given given = Given.in(context);
    OperatedCluster cluster = cluster(given, context);
    if (parameter.getParameter().getType() == OperatedCluster.class) {
      return cluster;
    }
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            Tenant.class, key -> cluster.tenant(given.namespace().name()), Tenant.class);
  }

  /** A test may have ended its operators itself: then no operator would remove the finalizers. */
  @Override
  public void afterEach(ExtensionContext context) {
    Tenant tenant = context.getStore(OURS).get(Tenant.class, Tenant.class);
    if (tenant != null && scope(context) != OperatorScope.MANUAL) {
      context.getStore(OURS).get(OperatedCluster.class, OperatedCluster.class).clear(tenant);
    }
  }

  private static OperatorScope scope(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(RealOperator.class).value();
  }

  private static OperatedCluster cluster(Given given, ExtensionContext context) {
    OperatorScope scope = scope(context);
    return (scope == OperatorScope.CLASS ? ofClass(context) : context)
        .getStore(OURS)
        .getOrComputeIfAbsent(
            OperatedCluster.class,
            key -> {
              OperatedCluster cluster = OperatedCluster.on(given.controlPlane(), given.client());
              switch (scope) {
                case CLASS -> cluster.start(Map.of("RESYNC_INTERVAL", "24h"));
                case TEST -> cluster.start(Map.of("WATCH_NAMESPACES", given.namespace().name()));
                case MANUAL -> {}
              }
              return cluster;
            },
            OperatedCluster.class);
  }

  private static ExtensionContext ofClass(ExtensionContext context) {
    ExtensionContext found = context;
    while (found.getTestMethod().isPresent()) {
      found = found.getParent().orElseThrow();
    }
    return found;
  }
}
