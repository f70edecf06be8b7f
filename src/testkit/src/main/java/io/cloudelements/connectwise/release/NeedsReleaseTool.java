package io.cloudelements.connectwise.release;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs a {@link ReleaseTool}, which it may have as a parameter. Where there is none and
 * Go cannot build it, it is skipped with a printed reason, or fails when the system property {@code
 * tests.nothing.skipped} is {@code true}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ReleaseToolExtension.class)
public @interface NeedsReleaseTool {
  /** As {@code deploy/release.sh tool} knows it. */
  String value();
}
