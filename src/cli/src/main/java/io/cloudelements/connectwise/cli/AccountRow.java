package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** An account as a table shows it. */
record AccountRow(
    ResourceId name,
    Optional<String> url,
    AccountFacts facts,
    Optional<Instant> created,
    Optional<Duration> age) {
  static final String[] HEADINGS = {
    "NAMESPACE", "NAME", "URL", "ORG", "READY", "REASON", "INSTANCES", "NAMESPACES", "AGE"
  };

  private static final String ABSENT = "<none>";

  static AccountRow of(CloudElementsAccount account, InstantSource clock) {
    Optional<Instant> created =
        Optional.ofNullable(account.getMetadata().getCreationTimestamp()).flatMap(AccountRow::time);
    return new AccountRow(
        AccountTerms.id(account),
        Optional.ofNullable(account.getSpec()).map(CloudElementsAccountSpec::baseUrl),
        AccountFacts.of(account),
        created,
        created.map(since -> Duration.between(since, clock.instant())));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  String[] cells() {
    return new String[] {
      name.namespace(),
      name.name(),
      url.orElse(ABSENT),
      facts
          .organization()
          .map(known -> Optional.ofNullable(known.name()).orElse(known.id()))
          .orElse(ABSENT),
      facts.ready().map(Condition::getStatus).orElse("Unknown"),
      facts.ready().map(Condition::getReason).orElse(ABSENT),
      facts.counts().map(counts -> Integer.toString(counts.total())).orElse(ABSENT),
      facts.namespaces().map(String::valueOf).orElse(ABSENT),
      age.map(AccountRow::shown).orElse(ABSENT)
    };
  }

  /** In the largest unit that is filled, as kubectl shows it from two days on. */
  private static String shown(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }

  ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("namespace", name.namespace()).put("name", name.name());
    url.ifPresent(known -> data.put("baseUrl", known));
    facts.organization().ifPresent(known -> organization(data, known));
    data.put("ready", facts.ready().map(Condition::getStatus).orElse("Unknown"));
    facts.ready().map(Condition::getReason).ifPresent(reason -> data.put("reason", reason));
    facts.ready().map(Condition::getMessage).ifPresent(message -> data.put("message", message));
    facts.counts().ifPresent(known -> counts(data, known));
    facts.namespaces().ifPresent(count -> data.put("namespaces", count));
    created.ifPresent(time -> data.put("created", time.toString()));
    return data;
  }

  private static void organization(ObjectNode data, AccountOrganization known) {
    ObjectNode organization = data.putObject("organization").put("id", known.id());
    Optional.ofNullable(known.name()).ifPresent(name -> organization.put("name", name));
  }

  private static void counts(ObjectNode data, InstanceCounts known) {
    data.putObject("instances")
        .put("total", known.total())
        .put("ready", known.ready())
        .put("stalled", known.stalled());
  }
}
