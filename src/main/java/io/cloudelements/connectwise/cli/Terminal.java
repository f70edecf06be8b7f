package io.cloudelements.connectwise.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command reads and writes.
 *
 * @param interactive whether a person looks at {@code err}: progress is shown there only then
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean interactive) {

  /** One line for people, which is not part of the result. */
  void note(String text) {
    err.println(text);
    err.flush();
  }

  /** Replaces the progress shown before; an empty text takes it away. */
  void progress(String text) {
    if (interactive) {
      err.print("\r\u001b[K" + text);
      err.flush();
    }
  }
}
