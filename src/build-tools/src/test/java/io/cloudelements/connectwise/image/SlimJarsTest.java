package io.cloudelements.connectwise.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class SlimJarsTest {
  private static final String CLASS = Subject.class.getName().replace('.', '/') + ".class";
  private static final String SERVICE = "META-INF/services/example";

  @TempDir private Path directory;

  /** A stack trace without lines would be too high a price; names of variables nobody misses. */
  @Test
  void keepsLinesAndParametersButDropsVariables() throws IOException {
    // Given
    Path jar = jar("one.jar");
    List<String> before = debugInformation(jar);

    // When
    SlimJars.main(new String[] {jar.toString()});

    // Then
    assertThat(before).contains("line", "parameter given", "variable doubled");
    assertThat(debugInformation(jar))
        .contains("line", "parameter given")
        .noneMatch(it -> it.startsWith("variable"));
  }

  /** The image's digest depends on it. */
  @Test
  void isReproducible() throws IOException {
    // Given
    Path one = jar("one.jar");
    Path other = jar("other.jar");

    // When
    SlimJars.main(new String[] {one.toString(), other.toString()});

    // Then
    assertThat(one).hasSameBinaryContentAs(other);
    try (ZipFile zip = new ZipFile(one.toFile());
        InputStream content = zip.getInputStream(zip.getEntry(SERVICE))) {
      assertThat(content).hasContent("an implementation");
    }
  }

  private Path jar(String name) throws IOException {
    Path jar = directory.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        InputStream content = SlimJarsTest.class.getResourceAsStream("/" + CLASS)) {
      zip.putNextEntry(new ZipEntry(CLASS));
      Objects.requireNonNull(content).transferTo(zip);
      zip.putNextEntry(new ZipEntry(SERVICE));
      zip.write("an implementation".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static List<String> debugInformation(Path jar) throws IOException {
    List<String> found = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream content = zip.getInputStream(zip.getEntry(CLASS))) {
      new ClassReader(content).accept(new DebugInformation(found), 0);
    }
    return found;
  }

  static final class Subject {
    int twice(int given) {
      int doubled = 2 * given;
      return doubled;
    }
  }

  private static final class DebugInformation extends ClassVisitor {
    private final List<String> found;

    DebugInformation(List<String> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitLineNumber(int line, Label start) {
          found.add("line");
        }

        @Override
        public void visitParameter(String parameter, int flags) {
          found.add("parameter " + parameter);
        }

        @Override
        public void visitLocalVariable(
            String variable, String type, String generic, Label start, Label end, int index) {
          found.add("variable " + variable);
        }
      };
    }
  }
}
