package io.cloudelements.connectwise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the progress of a build is known. */
class CompileWorkTest {

  @TempDir private Path sources;

  private CompileWork work;

  @BeforeEach
  void twoPackages() throws IOException {
    Path small = Files.write(sources.resolve("small.go"), new byte[10_000]);
    Path one = Files.write(sources.resolve("one.go"), new byte[40_000]);
    Path other = Files.write(sources.resolve("other.go"), new byte[30_000]);
    work =
        CompileWork.of(
            List.of(
                "go: downloading k8s.io/api v0.37.2",
                "example.com/cached\t" + one,
                "example.com/small\t" + small,
                "example.com/large\t" + one + "\t" + other),
            List.of("mkdir -p $WORK/b001/", "example.com/small", "#", "example.com/large"));
  }

  /** Ten times the source takes about ten times as long. */
  @Test
  void aPackageCountsByTheSizeOfItsSources() {
    assertThat(work.total()).isEqualTo(100_000);
    assertThat(work.done(List.of("example.com/large"))).isEqualTo(80_000);
  }

  /** The second program prints nothing that the first one has compiled. */
  @Test
  void countsEachPackageOnceAndNoOther() {
    // When
    long done =
        work.done(
            List.of("example.com/small", "example.com/cached", "example.com/small", "# warning"));
    // Then
    assertThat(done).isEqualTo(20_000);
  }
}
