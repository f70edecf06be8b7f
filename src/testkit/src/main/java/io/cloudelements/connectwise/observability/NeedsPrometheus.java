package io.cloudelements.connectwise.observability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs {@link PrometheusBinaries}, which it may have as a parameter. Where there are
 * none it is skipped with a printed reason, or fails when the system property {@code
 * tests.nothing.skipped} is {@code true}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PrometheusExtension.class)
@interface NeedsPrometheus {}
