package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.cluster.RealCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class run the operator on the real API server against a simulated platform. Their
 * parameters may be a {@link Tenant} of the test's own, so that no test sees the resources of
 * another one, and the {@link OperatedCluster}.
 *
 * <p>The operator that serves a whole class looks at a resource again only after a day: what a test
 * sees sooner was brought by an event, not by a timer.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@RealCluster
@ExtendWith(OperatorExtension.class)
public @interface RealOperator {
  OperatorScope value() default OperatorScope.CLASS;
}
