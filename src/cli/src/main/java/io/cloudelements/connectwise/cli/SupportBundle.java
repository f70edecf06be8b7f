package io.cloudelements.connectwise.cli;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive for the ones who help: everything about one resource, and no value of a Secret.
 *
 * @param files in the order in which they are listed
 */
record SupportBundle(List<File> files) {
  private static final String CONTENTS = "contents.txt";

  /**
   * One file of it.
   *
   * @param what for the list of contents
   */
  record File(String name, String what, String text) {}

  SupportBundle {
    files = List.copyOf(files);
  }

  /** Without the values of these Secrets, wherever they stand. */
  SupportBundle without(Collection<Secret> secrets) {
    SecretMask mask = SecretMask.of(secrets);
    return new SupportBundle(
        files.stream()
            .map(file -> new File(file.name(), file.what(), mask.masked(file.text())))
            .toList());
  }

  /** What is in it, one line a file. */
  String contents() {
    TextTable table = new TextTable("FILE", "CONTENT");
    table.row(CONTENTS, "this list");
    files.forEach(file -> table.row(file.name(), file.what()));
    return table.toString();
  }

  /**
   * Writes it as a new zip file.
   *
   * @throws CommandFailure it exists already, or cannot be written
   */
  void write(Path archive) {
    try (OutputStream out =
            Files.newOutputStream(
                archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      add(zip, CONTENTS, contents());
      for (File file : files) {
        add(zip, file.name(), file.text());
      }
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(archive + " exists already.");
    } catch (IOException e) {
      throw CommandFailure.failed(archive + " cannot be written: " + e.getMessage());
    }
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
