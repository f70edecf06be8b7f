package io.cloudelements.connectwise.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests draw what they have seen: {@code -Dpictures=docs/pictures}; unset, nowhere. */
public final class PictureFiles {
  private static final String FOLDER = "pictures";

  private PictureFiles() {}

  /** Writes a picture if pictures are asked for. */
  public static void write(String name, String svg) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return;
    }
    try {
      Files.writeString(Files.createDirectories(Path.of(folder)).resolve(name), svg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
