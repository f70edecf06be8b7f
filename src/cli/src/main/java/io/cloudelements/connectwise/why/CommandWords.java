package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.CredentialsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts what the resource at hand has in the place of a command's words in capitals. A word whose
 * value is not known stays, for a person to fill in, and so does one whose value would be more to a
 * shell than one word: others write it, and the person copies the command into a terminal.
 *
 * @param values by word
 * @param keys of the Secret that have to be written; empty: not known
 */
record CommandWords(Map<String, String> values, List<String> keys) {
  private static final Pattern WORD = Pattern.compile("\\b[A-Z]{3,}\\b");

  /** Needs no quoting, and is no option. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@:._/][A-Za-z0-9@:._/-]*");

  private static final String KEY = "KEY";

  /** A member of {@code stringData}, and an argument, for one key. */
  private static final Map<String, UnaryOperator<String>> FOR_EACH_KEY =
      Map.of(
          "\"KEY\":\"…\"", key -> "\"" + key + "\":\"…\"",
          "--from-literal=KEY=…", key -> "--from-literal=" + key + "=…");

  /**
   * For a command about the resource and its Secrets.
   *
   * @param message of the condition, which names what a confirmation confirms
   */
  static CommandWords ofResource(WhyFacts facts, LinkName link, String message) {
    Map<String, String> values = new TreeMap<>();
    identify(values, "cwi", facts.id());
    boolean accountsSecret = link == LinkName.ACCOUNT || hasOnlyAccountsProblem(facts);
    String secret =
        accountsSecret ? facts.spec().accountSecret() : facts.spec().credentialsSecret();
    values.put("SECRET", secret);
    values.put("TOKEN", facts.tokenSecret());
    facts
        .spec()
        .accountRef()
        .ifPresent(account -> {
          values.put("OWNER", account.namespace());
          values.put("ACCOUNT", account.name());
        });
    Confirmation.valueIn(message).ifPresent(value -> values.put("VALUE", value));
    return new CommandWords(
        values,
        switch (link) {
          case SECRETS ->
              accountsSecret ? absent(facts.accountSecret(), account()) : missing(facts);
          case INSTANCE -> confidential(facts.spec());
          case ACCOUNT, ADMISSION, TOKEN_SECRET, CONSUMERS -> List.of();
        });
  }

  /**
   * For a command about the account object and its Secret.
   *
   * @param message which names what a confirmation confirms
   */
  static CommandWords ofAccount(CloudElementsAccount account, String message) {
    Map<String, String> values = new TreeMap<>();
    ResourceId id = AccountTerms.id(account);
    identify(values, "cea", id);
    values.put("OWNER", id.namespace());
    values.put("ACCOUNT", id.name());
    AccountTerms.of(account).secret().ifPresent(secret -> values.put("SECRET", secret.name()));
    AccountCheck.identityToConfirm(message).ifPresent(value -> values.put("VALUE", value));
    return new CommandWords(values, account());
  }

  private static void identify(Map<String, String> values, String kind, ResourceId id) {
    values.put("KIND", kind);
    values.put("NAMESPACE", id.namespace());
    values.put("NAME", id.name());
  }

  String fill(String command) {
    String listed = command;
    if (!keys.isEmpty()) {
      for (Map.Entry<String, UnaryOperator<String>> one : FOR_EACH_KEY.entrySet()) {
        String separator = one.getKey().startsWith("-") ? " " : ",";
        listed =
            listed.replace(
                one.getKey(),
                keys.stream()
                    .map(key -> plain(key, KEY))
                    .distinct()
                    .map(one.getValue())
                    .collect(Collectors.joining(separator)));
      }
    }
    return WORD.matcher(listed).replaceAll(word -> Matcher.quoteReplacement(value(word.group())));
  }

  private String value(String word) {
    return plain(values.getOrDefault(word, word), word);
  }

  private static String plain(String value, String otherwise) {
    return PLAIN.matcher(value).matches() ? value : otherwise;
  }

  /** Whether the ConnectWise entries are as they should be, and what opens the account is not. */
  private static boolean hasOnlyAccountsProblem(WhyFacts facts) {
    return !isBroken(facts.credentials()) && isBroken(facts.accountSecret());
  }

  private static boolean isBroken(Sight<SecretKeys> secret) {
    return switch (secret) {
      case Sight.Missing<SecretKeys> _ -> true;
      case Sight.Visible<SecretKeys>(SecretKeys keys) -> keys.problem().isPresent();
      case Sight.Forbidden<SecretKeys> _ -> false;
    };
  }

  /** Every key that the credentials Secret lacks: also the account's, where it opens that too. */
  private static List<String> missing(WhyFacts facts) {
    SpecDefaults spec = facts.spec();
    List<String> needed = new ArrayList<>();
    if (spec.accountRef().isEmpty() && spec.accountSecret().equals(spec.credentialsSecret())) {
      needed.addAll(account());
    }
    Set<String> present =
        facts.credentials().visible().map(known -> known.bytes().keySet()).orElseGet(Set::of);
    spec.element()
        .ifPresent(element ->
            element.entries().stream()
                .filter(entry -> !isFedOtherwise(entry, element, spec, present))
                .map(Element.RequiredEntry::secretKey)
                .forEach(needed::add));
    spec.listedEntries().stream().sorted().forEach(needed::add);
    return absent(facts.credentials(), needed);
  }

  private static boolean isFedOtherwise(
      Element.RequiredEntry entry, Element element, SpecDefaults spec, Set<String> present) {
    String key = entry.configurationKey(spec.configurationPrefix(element));
    return present.contains(key) || spec.configuration().containsKey(key);
  }

  private static List<String> absent(Sight<SecretKeys> secret, List<String> needed) {
    Set<String> present = secret.visible().map(known -> known.bytes().keySet()).orElseGet(Set::of);
    return secret instanceof Sight.Forbidden<SecretKeys>
        ? List.of()
        : needed.stream().filter(key -> !present.contains(key)).distinct().toList();
  }

  private static List<String> account() {
    return CredentialsReader.ACCOUNT_KEYS;
  }

  private static List<String> confidential(SpecDefaults spec) {
    return spec.element().stream()
        .flatMap(element -> element.entries().stream())
        .filter(Element.RequiredEntry::confidential)
        .map(Element.RequiredEntry::secretKey)
        .toList();
  }
}
