package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.docs.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The screens as they are kept in {@code src/integration-tests/src/test/resources/why}. What
 * differs from run to run has one value in all of them. With {@code -Dscreens=write} they are
 * written instead of compared.
 *
 * @param names what stands for something else than itself: by what it is in this run
 */
record WhyScreens(Map<String, String> names) {
  static final Path FOLDER = Path.of("src", "integration-tests", "src", "test", "resources", "why");

  private static final Pattern FINGERPRINT = Pattern.compile("\\b[0-9a-f]{12}\\b");
  private static final Map<Pattern, String> VOLATILE = new LinkedHashMap<>();

  static {
    VOLATILE.put(
        Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"),
        "2026-11-24T10:00:00Z");
    VOLATILE.put(
        Pattern.compile("cwi-[0-9a-f]{8}-[0-9a-f]{24}"), "cwi-9f86d081-f69fd8d99bd0b6cfd24283b1");
    VOLATILE.put(Pattern.compile("request id \\w+"), "request id 5b0437c6e4b07731ae39b533");
    VOLATILE.put(Pattern.compile("another \\d+ s\\b"), "another 3590 s");
  }

  /** A screen with its command line and exit code, as it is kept. */
  String kept(CommandRun run, String... arguments) {
    return plain(
        "$ kubectl cwi why "
            + String.join(" ", arguments)
            + "\n"
            + run.output()
            + run.errors()
            + "\nexit code "
            + run.exitCode()
            + "\n");
  }

  private String plain(String text) {
    String plain = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    plain = fingerprintsInOrder(plain);
    for (Map.Entry<Pattern, String> each : VOLATILE.entrySet()) {
      plain = each.getKey().matcher(plain).replaceAll(each.getValue());
    }
    return plain;
  }

  /** Two accounts stay two. */
  private static String fingerprintsInOrder(String text) {
    List<String> found =
        FINGERPRINT.matcher(text).results().map(MatchResult::group).distinct().toList();
    return FINGERPRINT
        .matcher(text)
        .replaceAll(match -> "5f2c0c9a1b7" + found.indexOf(match.group()));
  }

  static boolean isWriting() {
    return "write".equals(System.getProperty("screens"));
  }

  static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(String name, String screen) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".txt"), screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
