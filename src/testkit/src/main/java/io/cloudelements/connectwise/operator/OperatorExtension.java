package io.cloudelements.connectwise.operator;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link Tenant}, and ends what they began; see {@link RealOperator}. */
final class OperatorExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace OURS = Namespace.create(OperatorExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tenant.class
        && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            Tenant.class,
            key -> constructed(Tenant.class, context).in(operated(context)),
            Tenant.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Tenant tenant = context.getStore(OURS).get(Tenant.class, Tenant.class);
    if (tenant != null) {
      tenant.leaves();
    }
  }

  /** Of the class, so that it ends with it. */
  private static OperatedCluster operated(ExtensionContext context) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass
        .getStore(OURS)
        .getOrComputeIfAbsent(
            OperatedCluster.class,
            key -> constructed(OperatedCluster.class, context),
            OperatedCluster.class);
  }

  /** With parameters from the extension of the control plane. */
  private static <T> T constructed(Class<T> type, ExtensionContext context) {
    return type.cast(context.getExecutableInvoker().invoke(type.getDeclaredConstructors()[0]));
  }
}
