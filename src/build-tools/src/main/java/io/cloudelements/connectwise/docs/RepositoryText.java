package io.cloudelements.connectwise.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A text that a user reads, with where it stands: a document, a file of the chart, the CRD, or a
 * constant of a class, as the compiler put it together from its parts.
 */
record RepositoryText(String place, String text) {
  /** Of the two modules whose texts a user reads. */
  private static final List<Path> CLASSES =
      List.of(
          Path.of("src", "operator", "target", "classes"),
          Path.of("src", "cli", "target", "classes"));

  /** Every one of them. */
  static List<RepositoryText> all() {
    List<RepositoryText> texts = new ArrayList<>(documents());
    for (String folder : List.of("charts", "crds", "deploy")) {
      files(Path.of(folder))
          .filter(file -> file.toString().matches(".*\\.(yaml|txt|json|tpl)"))
          .map(file -> new RepositoryText(file.toString(), read(file)))
          .forEach(texts::add);
    }
    texts.addAll(constants());
    return texts;
  }

  static List<RepositoryText> documents() {
    return Markdown.all().stream()
        .map(document -> new RepositoryText(document.toString(), document.text()))
        .toList();
  }

  /** Messages, descriptions of options, templates of strings put together at run time. */
  static List<RepositoryText> constants() {
    return CLASSES.stream()
        .flatMap(classes ->
            files(classes)
                .filter(file -> file.toString().endsWith(".class"))
                .flatMap(file -> constants(classes, file)))
        .toList();
  }

  private static Stream<RepositoryText> constants(Path classes, Path file) {
    try {
      Iterable<PoolEntry> pool = ClassFile.of().parse(file).constantPool();
      return StreamSupport.stream(pool.spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue())
          .map(text -> new RepositoryText(classes.relativize(file).toString(), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name of several lines would print the whole text. */
  @Override
  public String toString() {
    return place;
  }
}
