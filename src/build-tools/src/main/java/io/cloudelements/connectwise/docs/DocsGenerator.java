package io.cloudelements.connectwise.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the parts of the documentation that are derived from the code. */
public final class DocsGenerator {
  /** What a person types to write them anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@docs";

  private DocsGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Path settings = SettingsTable.FILE;
    Files.writeString(settings, SettingsTable.insertInto(Files.readString(settings)));
    Path metrics = AuditKeysTable.FILE;
    Files.writeString(metrics, AuditKeysTable.insertInto(Files.readString(metrics)));
    Files.writeString(ApiReference.FILE, ApiReference.render());
    Files.writeString(ReasonsDocument.FILE, ReasonsDocument.render());
  }
}
