package io.cloudelements.connectwise.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class use the run's one real control plane. Their parameters may be the {@link
 * ControlPlane}, a {@link io.fabric8.kubernetes.client.KubernetesClient} of {@code admin} (which
 * stays open), and, in test and {@code @BeforeEach} methods, a fresh {@link TestNamespace} and a
 * {@link ClusterUser} in it.
 *
 * <p>A class that stops or restarts servers starts a {@link ControlPlane} of its own instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ControlPlaneExtension.class)
public @interface RealCluster {}
