package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.docs.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private static final Path FOLDER =
      Path.of("src", "integration-tests", "src", "test", "resources", "why");

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
    // it depends on the moment whether a check lies ahead, and how far
    VOLATILE.put(
        Pattern.compile("next check: (?:in|was due) \\d+ (?:s|min|h)\\b[^()]*(\\(\\S+\\)).*"),
        "next check: in 4 min $1");
  }

  /** With names for what is made anew in each run. */
  static WhyScreens of(WhyCluster why) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(why.cluster.baseUrl(), "https://api.cloud-elements.com/elements/api-v2");
    names.put("localhost:" + why.operator.port(), "localhost:8080");
    why.cluster
        .simulator()
        .platform()
        .everCreated()
        .forEach(instance -> names.put(Long.toString(instance.id()), "4711"));
    return new WhyScreens(names);
  }

  /** Each is as it is kept. */
  static void assertKept(Map<String, String> screens) {
    if (isWriting()) {
      screens.forEach(WhyScreens::write);
    }
    Map<String, String> kept = new TreeMap<>();
    screens.keySet().forEach(name -> kept.put(name, read(name)));
    assertThat(screens).containsExactlyInAnyOrderEntriesOf(kept);
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

  private static boolean isWriting() {
    return "write".equals(System.getProperty("screens"));
  }

  private static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String name, String screen) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".txt"), screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
