package io.cloudelements.connectwise.image;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test builds an image by buildah. Where buildah is not on the path it is skipped with a
 * printed reason, or fails when the system property {@code tests.nothing.skipped} is {@code true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BuildahCondition.class)
@interface NeedsBuildah {}
