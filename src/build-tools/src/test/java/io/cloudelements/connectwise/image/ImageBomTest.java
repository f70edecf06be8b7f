package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBomTest {
  /** As the CycloneDX plugin writes it, shortened. */
  private static final String BOM =
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6",
       "metadata": {"component": {"type": "library", "name": "product", "version": "1.0",
         "bom-ref": "pkg:maven/example/product@1.0?type=jar"}},
       "components": [{"type": "library", "name": "vertx-core", "version": "4.5.27",
         "bom-ref": "pkg:maven/io.vertx/vertx-core@4.5.27?type=jar",
         "hashes": [{"alg": "SHA-256", "content": "abc"}],
         "licenses": [{"license": {"id": "Apache-2.0"}}, {"license": {"id": "EPL-2.0"}}]}]}
      """;

  /** As distroless images have it. */
  private static final String GLIBC =
      """
      Package: libc6
      Version: 2.36-9+deb12u14
      Architecture: amd64
      Description: GNU C Library: Shared libraries
       Contains the standard libraries
       Version: of no interest
      """;

  /** Of the text {@code content}. */
  private static final String CHECKSUM =
      "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

  @TempDir private Path directory;
  private Path app;

  @BeforeEach
  void build() throws IOException {
    app = Files.createDirectories(directory.resolve("product/app"));
    Files.writeString(app.resolve("sbom.json"), BOM);
    Files.writeString(app.resolve("product-1.0.jar"), "content");
    Files.createDirectories(directory.resolve("jre/legal/java.base"));
    Files.createDirectories(directory.resolve("jre/lib"));
    Files.writeString(directory.resolve("jre/lib/modules"), "content");
    Files.writeString(directory.resolve("jre/legal/java.base/LICENSE"), "content");
  }

  /** An auditor compares the checksums; a scanner looks up the CPEs. */
  @Test
  void lists_what_is_shipped_with_checksums_and_cpes() throws IOException {
    // Given
    Path packages = Files.createDirectories(directory.resolve("base/var/lib/dpkg/status.d"));
    Files.writeString(packages.resolve("libc6"), GLIBC);
    Files.writeString(packages.resolve("libc6.md5sums"), "0  usr/lib/libc.so.6");
    // When
    JsonNode bom = bom();
    // Then
    assertThat(bom.at("/metadata/component/hashes/0/content").asText()).isEqualTo(CHECKSUM);
    assertThat(bom.get("components"))
        .extracting(component -> component.get("name").asText())
        .containsExactly("vertx-core", "openjdk", "libc6");
    JsonNode openjdk = bom.at("/components/1");
    assertThat(openjdk.get("cpe").asText()).startsWith("cpe:2.3:a:oracle:openjdk:25");
    assertThat(openjdk.get("components")).hasSize(1);
    assertThat(openjdk.at("/components/0/name").asText()).endsWith("jre/lib/modules");
    assertThat(openjdk.at("/components/0/hashes/0/content").asText()).isEqualTo(CHECKSUM);
    JsonNode glibc = bom.at("/components/2");
    assertThat(glibc.get("cpe").asText()).isEqualTo("cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*");
    assertThat(glibc.get("purl").asText())
        .isEqualTo("pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64");
  }

  /** A reader of licences need not read JSON. */
  @Test
  void names_the_licence_of_each_component() throws IOException {
    // Given // When
    bom();
    // Then
    assertThat(app.resolve("licences.txt"))
        .content()
        .contains("vertx-core 4.5.27: Apache-2.0 or EPL-2.0\n")
        .contains(": GPL-2.0-only WITH Classpath-exception-2.0\n");
    assertThat(app.resolve("sbom.json")).doesNotExist();
  }

  /** A base image of one's own may have another package manager. */
  @Test
  void a_base_without_debian_packages_adds_none() throws IOException {
    // Given // When
    JsonNode bom = bom();
    // Then
    assertThat(bom.get("components")).hasSize(2);
  }

  /** Nothing may be shipped under an unknown licence. */
  @Test
  void a_component_without_a_licence_is_refused() throws IOException {
    // Given
    Files.writeString(app.resolve("sbom.json"), BOM.replace("\"licenses\"", "\"unknown\""));
    // When // Then
    assertThatThrownBy(this::bom).hasMessage("No licence is known of \"vertx-core\"");
  }

  private JsonNode bom() throws IOException {
    ImageBom.main(
        new String[] {
          directory.resolve("product").toString(),
          directory.resolve("jre").toString(),
          directory.resolve("base").toString()
        });
    return JsonMapper.builder().build().readTree(app.resolve("product.cdx.json").toFile());
  }
}
