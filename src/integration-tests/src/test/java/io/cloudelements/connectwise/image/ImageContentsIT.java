package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the operator's image, built from the Dockerfile by buildah. */
@Tag("image")
@NeedsBuildah
class ImageContentsIT {
  private static final int LIMIT_MEGABYTES = 150;

  @TempDir private static Path directory;
  private static ImageLayout image;

  @BeforeAll
  static void build() throws Exception {
    image = ImageLayout.build("operator", directory);
  }

  /** The chart refers to this version, and its pod must not run as root. */
  @Test
  void imageMatchesNameTagAndUserOfTheChart() throws IOException {
    // Given
    String chart = Files.readString(Path.of("charts/connectwise-operator/Chart.yaml"));

    // When
    String version = image.label("version");

    // Then
    assertThat(version).isNotEmpty();
    assertThat(chart).containsPattern("appVersion: \"?" + version + "\"?\n");
    assertThat(image.label("title")).isEqualTo("connectwise-operator");
    assertThat(image.label("licenses")).isEqualTo("Apache-2.0");
    assertThat(image.configuration().get("User").asText()).isEqualTo("65532:0");
  }

  /** A program that the image lacks cannot be used against the cluster. */
  @Test
  void imageHasOnlyRequiredProgramsAndSize() throws IOException {
    // Given
    List<Path> files = image.files();

    // When
    List<String> programs = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      boolean executable =
          Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
      if (executable && !file.toString().contains(".so")) {
        programs.add(image.root().relativize(file).toString());
      }
    }

    // Then
    assertThat(programs)
        .contains("opt/jre/bin/java", "opt/jre/lib/jspawnhelper")
        .filteredOn(program -> program.startsWith("opt/") || program.contains("bin/"))
        .hasSize(2);
    assertThat(bytes / 1e6).as("MB unpacked").isLessThan(LIMIT_MEGABYTES);
    System.out.printf(
        "Image: %.1f MB in %d files, %.1f MB compressed%n",
        bytes / 1e6, files.size(), image.compressedBytes() / 1e6);
  }

  /** OpenShift chooses the user id; a file that only its owner may read would fail the start. */
  @Test
  void everyUserMayReadAllFilesUnderOpt() throws IOException {
    // Given
    List<Path> brought;
    try (Stream<Path> all = Files.walk(image.root().resolve("opt"))) {
      brought = all.filter(file -> !Files.isSymbolicLink(file)).toList();
    }

    // When
    List<Path> unreadable = new ArrayList<>();
    for (Path file : brought) {
      int wanted = Files.isDirectory(file) ? 05 : 04;
      if (((Integer) Files.getAttribute(file, "unix:mode") & wanted) != wanted) {
        unreadable.add(file);
      }
    }

    // Then
    assertThat(brought).isNotEmpty();
    assertThat(unreadable).isEmpty();
  }

  /** Ownership and setuid bits decide what a process that broke out of Java could do. */
  @Test
  void imageUserCanWriteNoFile() throws IOException {
    // Given
    List<Path> files = image.files();

    // When
    List<Path> writable = new ArrayList<>();
    for (Path file : files) {
      int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      int owner = (Integer) Files.getAttribute(file, "unix:uid");
      if (owner != 0 || (mode & 06022) != 0) {
        writable.add(file);
      }
    }

    // Then
    assertThat(writable).isEmpty();
  }

  /** A scanner sees what is inside, and a reader under which licence. */
  @Test
  void imageContainsItsBillOfMaterials() throws Exception {
    // Given
    Path app = image.root().resolve("opt/connectwise-operator/app");

    // When
    JsonNode bom =
        JsonMapper.builder()
            .build()
            .readTree(app.resolve("connectwise-operator.cdx.json").toFile());
    Set<String> checksums = new TreeSet<>(bom.findValuesAsText("content"));
    List<String> cpes = bom.findValuesAsText("cpe");

    // Then
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(cpes)
        .anyMatch(cpe -> cpe.contains(":openjdk:25"))
        .anyMatch(cpe -> cpe.contains(":gnu:glibc:2"));
    List<Path> shipped =
        image.files().stream()
            .filter(file -> file.toString().endsWith(".jar") || file.endsWith("lib/modules"))
            .filter(file -> file.startsWith(image.root().resolve("opt")))
            .toList();
    assertThat(shipped).hasSizeGreaterThan(50);
    for (Path file : shipped) {
      assertThat(checksums).as(file.toString()).contains(sha256(file));
    }
    assertThat(app.resolve("licences.txt")).content().contains("vertx-core", "libc6", "openjdk");
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
