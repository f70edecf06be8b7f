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
                "example.com/cached\t0\t" + one,
                "example.com/small\t0\t" + small,
                "example.com/large\t100\t" + one + "\t" + other),
            List.of("mkdir -p $WORK/b001/", "example.com/small", "#", "example.com/large"));
  }

  /** Each takes the compiler's time. */
  @Test
  void aPackageCountsByItsSourcesAndByWhatIsBelowIt() {
    assertThat(work.done(List.of("example.com/small"))).isEqualTo(10_000);
    assertThat(work.done(List.of("example.com/large"))).isEqualTo(70_000 + 100 * 214);
    assertThat(work.total()).isEqualTo(10_000 + 70_000 + 100 * 214);
  }

  /** The second program prints nothing that the first one has compiled. */
  @Test
  void countsEachPackageOnceAndNoOther() {
    // When
    long done =
        work.done(
            List.of("example.com/small", "example.com/cached", "example.com/small", "# warning"));
    // Then
    assertThat(done).isEqualTo(10_000);
  }
}
