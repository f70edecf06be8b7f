package io.cloudelements.connectwise.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs the garbage collector or namespace deletion. Where {@code KUBEBUILDER_ASSETS} has
 * no kube-controller-manager it is skipped with a printed reason, or fails when the system property
 * {@code tests.nothing.skipped} is {@code true}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(GarbageCollectionCondition.class)
public @interface NeedsGarbageCollection {}
