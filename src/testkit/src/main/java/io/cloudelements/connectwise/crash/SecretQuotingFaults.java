package io.cloudelements.connectwise.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.WrongTypes.Defect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every fault that the simulator knows, and every failing answer with all secrets of its caller
 * echoed wherever an answer has room for words.
 */
final class SecretQuotingFaults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json;charset=UTF-8";

  private SecretQuotingFaults() {}

  /** Answers that say no, or nonsense, and repeat everything they were told. */
  static Map<String, Function<Canaries, Fault>> echoes() {
    Map<String, Function<Canaries, Fault>> echoes = new LinkedHashMap<>();
    for (int status : List.of(200, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503)) {
      echoes.put("json-" + status, canaries -> json(status, canaries));
    }
    for (int status : List.of(200, 401, 404, 502)) {
      echoes.put("html-" + status, canaries -> html(status, canaries));
    }
    echoes.put(
        "redirect",
        canaries ->
            new Fault.Redirect(
                "http://127.0.0.1:1/?key="
                    + URLEncoder.encode(canaries.password(), StandardCharsets.UTF_8)));
    return echoes;
  }

  /** What goes wrong on the way, and good answers that are not quite; these show secrets anyway. */
  static Map<String, Function<Canaries, Fault>> silent() {
    Map<String, Function<Canaries, Fault>> faults = new LinkedHashMap<>();
    faults.put("lost-before", _ -> new Fault.LostBeforeApplied());
    faults.put("lost-after", _ -> new Fault.AppliedResponseLost());
    faults.put("late", _ -> Fault.AppliedLate.by(Duration.ofSeconds(1)));
    faults.put("hang", _ -> new Fault.Hang(true));
    faults.put("twice", _ -> new Fault.AppliedTwice());
    faults.put("truncated", _ -> new Fault.TruncatedBody(400));
    faults.put("broken-off", _ -> new Fault.BodyBreaksOff(400));
    faults.put("oversized", _ -> new Fault.OversizedBody(2 << 20));
    faults.put("revoked", _ -> new Fault.RevokesUser());
    faults.put(
        "limited",
        _ ->
            new Fault.TooManyRequests(
                Fault.TooManyRequests.RetryAfterFormat.SECONDS, Duration.ofSeconds(1)));
    Arrays.stream(Defect.values())
        .forEach(
            defect -> faults.put("wrong-" + defect.ordinal(), _ -> new Fault.WrongTypes(defect)));
    return faults;
  }

  private static Fault json(int status, Canaries canaries) {
    List<String> said = canaries.spellings();
    int half = said.size() / 2;
    String body =
        written(
            Map.of(
                "requestId", canaries.organization(),
                "message", "No " + String.join(" ", said.subList(0, half)),
                "providerMessage", String.join(" ", said.subList(half, said.size()))));
    return new Fault.Status(status, headers(JSON_TYPE, canaries), body, false);
  }

  private static Fault html(int status, Canaries canaries) {
    String body =
        "<html><title>%s</title><body>%s</body></html>"
            .formatted(canaries.password(), String.join("<br>", canaries.spellings()));
    return new Fault.Status(status, headers("text/html", canaries), body, false);
  }

  private static Map<String, String> headers(String type, Canaries canaries) {
    return Map.of(
        "Content-Type",
        type,
        "Elements-Request-Id",
        canaries.organization(),
        "Retry-After",
        canaries.organization());
  }

  private static String written(Map<String, String> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All of them. */
  static Map<String, Function<Canaries, Fault>> all() {
    Map<String, Function<Canaries, Fault>> all = new LinkedHashMap<>();
    Stream.of(echoes(), silent()).forEach(all::putAll);
    return all;
  }
}
