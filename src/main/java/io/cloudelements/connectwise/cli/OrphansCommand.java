package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "orphans",
    description = {
      "Shows what a running operator knows of instances without a resource, and of duplicates.",
      "It asks the operator's port for probes and metrics, for example after:"
          + " kubectl -n connectwise-operator port-forward deploy/connectwise-operator 8080"
    })
final class OrphansCommand implements Runnable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What comes first when it is there; whatever else an operator reports follows. */
  private static final List<String> COLUMNS =
      List.of("id", "name", "elementKey", "account", "createdAt", "tags");

  private final Terminal terminal;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "of the operator's port; default: ${DEFAULT-VALUE}")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = Output.OPTION)
  private Output output = Output.TABLE;

  OrphansCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode report = report();
    terminal
        .out()
        .print(
            output.render(
                report, () -> section(report, "orphans") + "\n" + section(report, "duplicates")));
  }

  private JsonNode report() {
    String page = url.toString().replaceFirst("/+$", "") + "/orphans";
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(page).toURL().openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw CommandFailure.failed(
            "%s answers %d: is this the operator's port, and does it scan for orphans?"
                .formatted(page, connection.getResponseCode()));
      }
      try (InputStream body = connection.getInputStream()) {
        return new JsonMapper().readTree(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (JsonProcessingException e) {
      throw CommandFailure.failed(
          page + " does not answer with JSON: is this the operator's port?");
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw CommandFailure.failed(
          page + " cannot be reached. Forward the operator's port, or set --url.");
    }
  }

  private static String section(JsonNode report, String name) {
    JsonNode items = report.path(name);
    if (items.isEmpty()) {
      return "No " + name + ".\n";
    }
    Set<String> present = new LinkedHashSet<>();
    items.forEach(item -> item.fieldNames().forEachRemaining(present::add));
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.retainAll(present);
    present.stream().filter(column -> !columns.contains(column)).forEach(columns::add);
    Table table =
        new Table(
            columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toArray(String[]::new));
    items.forEach(item ->
        table.row(columns.stream().map(column -> cell(item.path(column))).toArray(String[]::new)));
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ":\n" + table;
  }

  private static String cell(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(OrphansCommand::cell)
            .collect(Collectors.joining(","))
        : value.isContainerNode() ? value.toString() : value.asText();
  }
}
