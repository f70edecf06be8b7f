package io.cloudelements.connectwise.schedule;

import io.cloudelements.simulator.model.Instance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for the secrets of a schedule where they must not be. */
final class ScheduleCanaries {
  private static final List<String> KNOWN =
      Stream.concat(
              PlatformAccount.ALL.stream()
                  .flatMap(pair -> Stream.of(pair.user(), pair.organization())),
              Stream.of(
                  PlatformAccount.APPLICATION_USER,
                  PlatformAccount.NEW_APPLICATION_USER,
                  ScheduledService.USER,
                  ScheduledService.ORGANIZATION,
                  ScheduledService.OTHER_USER,
                  ScheduledService.RESET_USER,
                  ScheduledService.OTHER_ORGANIZATION,
                  ScheduledService.PASSWORD,
                  ScheduledService.NEW_PASSWORD,
                  ScheduledService.PASSWORD_CORE))
          .flatMap(ScheduleCanaries::spellings)
          .toList();

  private ScheduleCanaries() {}

  static Optional<String> in(List<String> texts, World world) {
    List<String> tokens = new ArrayList<>();
    for (Instance instance : world.service().platform().live()) {
      tokens.add(instance.token());
    }
    return texts.stream()
        .filter(text ->
            KNOWN.stream().anyMatch(text::contains) || tokens.stream().anyMatch(text::contains))
        .findFirst()
        .map(text -> "a secret is shown: " + text);
  }

  private static Stream<String> spellings(String secret) {
    return Stream.of(
        secret,
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
        URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }
}
