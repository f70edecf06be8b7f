package io.cloudelements.connectwise.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites jars without the names and types of local variables, which only a debugger reads. The
 * AOT cache holds them too, as symbols: they are a tenth of the image. Line numbers stay, so stack
 * traces are as before. The order and content of entries stay; the same jar gives the same bytes.
 *
 * <pre>SlimJars JAR…</pre>
 */
public final class SlimJars {
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private SlimJars() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      Path path = Path.of(jar);
      Path slim = Path.of(jar + ".slim");
      try (ZipFile from = new ZipFile(path.toFile());
          ZipOutputStream to =
              new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(slim)))) {
        to.setLevel(Deflater.BEST_COMPRESSION);
        from.stream().forEachOrdered(entry -> copy(from, entry, to));
      }
      Files.move(slim, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) {
    try {
      byte[] content = from.getInputStream(entry).readAllBytes();
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTimeLocal(TIME);
      to.putNextEntry(copy);
      to.write(isClass(entry.getName()) ? slim(content) : content);
      to.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  private static byte[] slim(byte[] content) {
    // Without the reader's constant pool: the names would stay in it.
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(content).accept(new WithoutLocalVariables(writer), 0);
    return writer.toByteArray();
  }

  private static final class WithoutLocalVariables extends ClassVisitor {
    WithoutLocalVariables(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitLocalVariable(
            String name, String type, String signature, Label start, Label end, int index) {}
      };
    }
  }
}
