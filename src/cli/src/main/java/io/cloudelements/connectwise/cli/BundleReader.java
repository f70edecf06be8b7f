package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.connectwise.why.Chain;
import io.cloudelements.connectwise.why.SecretKeys;
import io.cloudelements.connectwise.why.WhyFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gathers the support archive of a resource. A part that may not be read, or does not answer, is
 * replaced by the reason.
 *
 * @param metrics of the operator
 */
record BundleReader(
    UserCluster cluster, InstalledOperator operator, Supplier<String> metrics, String version) {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String OUR_METRIC = "connectwise_";

  /** Begins the names of the annotations that the operator reads. */
  private static final String OUR_ANNOTATION =
      HasMetadata.getGroup(ConnectWiseInstance.class) + "/";

  private static final String NOT_SHOWN = "(not shown)";

  /** One line of the history. */
  private record Moment(String time, String what) {}

  SupportBundle read(WhyFacts facts, Instant now) {
    ConnectWiseInstance resource = facts.resource();
    WhyScreen screen = new WhyScreen(Chain.of(facts), now);
    OperatorFiles installed = new OperatorFiles(operator);
    List<SupportBundle.File> files = new ArrayList<>();
    files.add(file("why.txt", "the chain and its cause", screen::text));
    files.add(file("why.json", "the same for programs", () -> Output.json(screen.data()) + "\n"));
    files.add(file("resource.yaml", "the ConnectWiseInstance", () -> manifest(resource)));
    files.add(file("account.yaml", "the CloudElementsAccount", () -> account(facts)));
    files.add(
        file("secrets.txt", "Secrets: names of keys, lengths of values", () -> secrets(facts)));
    files.add(file("history.txt", "conditions and events by time", () -> history(resource)));
    files.add(
        file("versions.txt", "command line, API server, operator", () -> versions(installed)));
    files.add(file("settings.txt", "the operator's settings", installed::settings));
    files.add(file("metrics.txt", "the operator's metrics", this::ourMetrics));
    files.add(file("log.txt", "the end of the operator's log", installed::log));
    return new SupportBundle(files);
  }

  /** An unreadable part does not fail the archive. */
  private static SupportBundle.File file(String name, String what, Supplier<String> text) {
    try {
      return new SupportBundle.File(name, what, text.get());
    } catch (CommandFailure e) {
      return new SupportBundle.File(name, what + " (not readable)", problem(e) + "\n");
    }
  }

  /** A part of a file, or why it is missing. */
  private static String told(Supplier<String> part) {
    try {
      return part.get();
    } catch (CommandFailure e) {
      return problem(e);
    }
  }

  private static String problem(CommandFailure e) {
    return String.join(" ", e.lines());
  }

  private static String manifest(HasMetadata object) {
    ObjectNode tree = new JsonMapper().valueToTree(object);
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(LAST_APPLIED);
        hideOthers(annotations);
      }
    }
    return Output.yaml(tree);
  }

  /** An annotation of another program, or a note, could hold anything. */
  private static void hideOthers(ObjectNode annotations) {
    annotations
        .properties()
        .forEach(annotation -> {
          if (!annotation.getKey().startsWith(OUR_ANNOTATION)) {
            annotation.setValue(TextNode.valueOf(NOT_SHOWN));
          }
        });
  }

  private static String account(WhyFacts facts) {
    return facts.account().isEmpty()
        ? "The resource refers to no CloudElementsAccount.\n"
        : facts
            .account()
            .flatMap(seen -> seen.visible())
            .map(BundleReader::manifest)
            .orElse("The CloudElementsAccount is not there, or you may not read it.\n");
  }

  private static String secrets(WhyFacts facts) {
    TextTable table = new TextTable("SECRET", "KEY", "BYTES");
    Stream.of(
            facts.accountSecret().visible(),
            facts.credentials().visible(),
            facts.delivered().visible().map(secret -> secret.keys()))
        .flatMap(Optional::stream)
        .distinct()
        .forEach(secret -> rows(table, secret));
    return table.isEmpty() ? "No Secret is there that you may read.\n" : table.toString();
  }

  private static void rows(TextTable table, SecretKeys secret) {
    secret.bytes().forEach((key, bytes) -> table.row(secret.name(), key, Integer.toString(bytes)));
  }

  private String history(ConnectWiseInstance resource) {
    Stream<Moment> conditions =
        StatusReader.status(resource).map(ConnectWiseInstanceStatus::conditions).stream()
            .flatMap(List::stream)
            .map(condition ->
                new Moment(
                    Objects.requireNonNullElse(condition.getLastTransitionTime(), ""),
                    "condition %s=%s %s: %s"
                        .formatted(
                            condition.getType(),
                            condition.getStatus(),
                            condition.getReason(),
                            condition.getMessage())));
    Stream<Moment> events =
        cluster
            .events(SpecDefaults.id(resource))
            .orFail("You may not list events of namespace " + SpecDefaults.id(resource).namespace())
            .stream()
            .map(BundleReader::moment);
    return Stream.concat(conditions, events)
        .sorted(Comparator.comparing(Moment::time))
        .map(moment -> moment.time() + " " + moment.what() + "\n")
        .collect(Collectors.joining());
  }

  private static Moment moment(Event event) {
    String time =
        Stream.of(
                Optional.ofNullable(event.getEventTime()).map(known -> known.getTime()),
                Optional.ofNullable(event.getDeprecatedLastTimestamp()),
                Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("");
    return new Moment(
        time, "event %s %s: %s".formatted(event.getType(), event.getReason(), event.getNote()));
  }

  private String versions(OperatorFiles installed) {
    return "command line: %s\nAPI server: %s\n%s"
        .formatted(
            version,
            told(() -> cluster.serverVersion().orFail("You may not read its version.")),
            told(installed::images).stripTrailing() + "\n");
  }

  private String ourMetrics() {
    return metrics
        .get()
        .lines()
        .filter(line -> line.startsWith(OUR_METRIC))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
