package io.cloudelements.connectwise.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cloudelements.connectwise.cluster.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where promtool comes from, and what a machine without it is told. */
class PrometheusBinariesTest {
  @TempDir Path directory;

  /** Installed binaries are preferred. */
  @Test
  void binariesOnThePathWinOverTheCache() throws IOException {
    // Given
    Path installed = withBoth(directory.resolve("bin"));
    withBoth(directory.resolve("cache/2.42.0/usr/bin"));
    // When
    Located<PrometheusBinaries> located =
        PrometheusBinaries.locate(installed.toString(), directory.resolve("cache"));
    // Then
    assertThat(located).isEqualTo(new Located.Found<>(new PrometheusBinaries(installed)));
  }

  /** A package is fetched once a machine. */
  @Test
  void usesTheCacheWithoutBinariesOnThePath() throws IOException {
    // Given
    Path cached = withBoth(directory.resolve("cache/2.42.0/usr/bin"));
    // When
    Located<PrometheusBinaries> located =
        PrometheusBinaries.locate(directory.toString(), directory.resolve("cache"));
    // Then
    assertThat(located).isEqualTo(new Located.Found<>(new PrometheusBinaries(cached)));
  }

  /** Where a test may be skipped the reason is the way out; where none may, it fails. */
  @Test
  void missingBinariesAreReportedWithARemedy() {
    // Given
    Path cache = directory.resolve("cache");
    // When
    Located<PrometheusBinaries> located = PrometheusBinaries.locate(directory.toString(), cache);
    // Then
    assertThat(located)
        .isInstanceOfSatisfying(
            Located.Missing.class,
            missing -> assertThat(missing.reason()).contains("apt-get", cache.toString()));
    assertThat(PrometheusExtension.decide(located, false).isDisabled()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> PrometheusExtension.decide(located, true))
        .withMessageContaining("no test may be skipped");
  }

  private static Path withBoth(Path bin) throws IOException {
    Files.createDirectories(bin);
    for (String name : new String[] {"prometheus", "promtool"}) {
      assertThat(Files.createFile(bin.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
    return bin;
  }
}
