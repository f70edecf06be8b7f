package io.cloudelements.connectwise.operator;

import io.cloudelements.connectwise.cluster.RealCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class share one operator process on the real API server and one simulated platform.
 * Each test has a {@link Tenant} of its own as parameter, so that none sees another's doing.
 *
 * <p>The operator looks at a resource again only after a day: whatever a test sees sooner was
 * brought by an event, not by a timer.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@RealCluster
@ExtendWith(OperatorExtension.class)
@interface RealOperator {}
