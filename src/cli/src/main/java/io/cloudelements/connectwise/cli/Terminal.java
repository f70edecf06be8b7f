package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where a command reads and writes. Control characters in all output, of commands, of the command
 * line's parser and of stack traces, are made visible: names come from the service, from manifests
 * and from the cluster.
 */
public final class Terminal {
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final PrintWriter progress;
  private final boolean interactive;

  /**
   * @param interactive whether a person looks at {@code err}: progress is shown there only then
   */
  public Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean interactive) {
    this.in = in;
    this.out = new PrintWriter(new VisibleWriter(out), true);
    this.err = new PrintWriter(new VisibleWriter(err), true);
    this.progress = err;
    this.interactive = interactive;
  }

  InputStream in() {
    return in;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** One line for people, which is not part of the result. */
  void note(String text) {
    err.println(VisibleText.line(text));
    err.flush();
  }

  /** Replaces the progress shown before; an empty text takes it away. */
  void progress(String text) {
    if (interactive) {
      progress.print("\r\u001b[K" + VisibleText.line(text));
      progress.flush();
    }
  }

  /** A writer of texts; a character beyond 16 bits comes in one piece. */
  private static final class VisibleWriter extends FilterWriter {
    private VisibleWriter(Writer to) {
      super(to);
    }

    @Override
    public void write(int character) throws IOException {
      out.write(VisibleText.lines(Character.toString(character)));
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      out.write(VisibleText.lines(new String(text, offset, length)));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      out.write(VisibleText.lines(text.substring(offset, offset + length)));
    }
  }
}
