package io.cloudelements.connectwise.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildInfoTest {
  /** The build has to fill the file in; an unfilled one would show as a version in every report. */
  @Test
  void loadsTheVersionOfTheBuild() {
    // When
    BuildInfo build = BuildInfo.load();

    // Then
    assertThat(build.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(build.commit().orElse("abc")).doesNotContain("$");
  }

  /** The text is for bug reports. */
  @Test
  void printsVersionAndCommit() {
    assertThat(new BuildInfo("1.2.3", Optional.of("abc123"))).hasToString("1.2.3 (abc123)");
    assertThat(new BuildInfo("1.2.3", Optional.empty())).hasToString("1.2.3");
  }
}
