package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.SecretContent.ValueReading;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a resource's credentials: the friendly keys of its element, raw entries under the element's
 * prefixes, the further entries that the resource lists, and those of {@code spec.configuration}.
 * The more explicit wins: {@code spec.configuration}, then a key with the entry's full name, then a
 * friendly key. A blank value is an absent one.
 */
public final class CredentialsReader {
  public static final String USER_SECRET = "userSecret";
  public static final String ORGANIZATION_SECRET = "organizationSecret";

  /** What opens the account (contract §1); never sent as an entry. */
  public static final List<String> ACCOUNT_KEYS = List.of(USER_SECRET, ORGANIZATION_SECRET);

  /** Entries that one resource may send. */
  public static final int MAX_ENTRIES = EntryBounds.MAX_ENTRIES;

  /** The largest value. */
  public static final int MAX_VALUE_KIB = EntryBounds.MAX_VALUE_BYTES / 1024;

  /** All values of a resource together. */
  public static final int MAX_TOTAL_KIB = EntryBounds.MAX_TOTAL_BYTES / 1024;

  private static final int MOST_IGNORED_NAMES = 8;

  private final Element element;
  private final String prefix;
  private final URI baseUrl;
  private final Map<String, String> configuration;
  private final Set<String> listed;

  /**
   * @param prefix of the element's prefixed entries
   * @param configuration {@code spec.configuration}
   * @param listed {@code spec.credentialsSecretRef.entries}
   */
  public CredentialsReader(
      Element element,
      String prefix,
      URI baseUrl,
      Map<String, String> configuration,
      Set<String> listed) {
    this.element = element;
    this.prefix = prefix;
    this.baseUrl = baseUrl;
    this.configuration = configuration;
    this.listed = new TreeSet<>(listed);
    ACCOUNT_KEYS.forEach(this.listed::remove);
  }

  /**
   * @param credentials the Secret of {@code credentialsSecretRef}
   * @param account the Secret of {@code accountSecretRef}, or the same one
   */
  public CredentialsResult read(SecretContent credentials, SecretContent account) {
    return read(
        credentials,
        Set.of(),
        found ->
            new Account(
                baseUrl,
                accountKey(account, USER_SECRET, found.missing(), found.problems()),
                accountKey(account, ORGANIZATION_SECRET, found.missing(), found.problems())));
  }

  /**
   * @param credentials the Secret of {@code credentialsSecretRef}, of which the keys that open an
   *     account are ignored
   * @param account opened already
   */
  public CredentialsResult read(SecretContent credentials, Account account) {
    return read(credentials, Set.copyOf(ACCOUNT_KEYS), _ -> account);
  }

  private CredentialsResult read(
      SecretContent credentials, Set<String> unused, Function<EntryCollector, Account> opening) {
    List<String> addresses = addressesInSpec();
    if (!addresses.isEmpty() && !credentials.allowsAddressFromSpec()) {
      return new CredentialsResult.AddressInSpec(credentials.name(), addresses);
    }
    List<String> excess =
        EntryBounds.ofCount(
            credentials.keys().stream().filter(key -> isRaw(key) || isFriendly(key)).count()
                + configuration.size(),
            credentials.name());
    if (!excess.isEmpty()) {
      return new CredentialsResult.Malformed(credentials.name(), excess);
    }
    SortedSet<String> raw = new TreeSet<>(listed);
    credentials.keys().stream().filter(this::isRaw).forEach(raw::add);
    SortedSet<String> read = new TreeSet<>(raw);
    element.entries().forEach(entry -> read.add(entry.secretKey()));
    List<String> oversized = EntryBounds.ofSizes(credentials, read, configuration);
    if (!oversized.isEmpty()) {
      return new CredentialsResult.Malformed(credentials.name(), oversized);
    }
    EntryCollector found = new EntryCollector(credentials, configuration, prefix);
    Account account = opening.apply(found);
    raw.forEach(found::raw);
    element.entries().forEach(found::required);
    listed.forEach(found::listed);
    configuration.forEach(found::fromSpec);
    return obstacle(credentials, found.missing(), found.problems())
        .orElseGet(() -> {
          Configuration sent = found.configuration(ignored(credentials, read, unused));
          return new CredentialsResult.Complete(
              new AccountAccess(account, Set.copyOf(sent.secrets())), sent);
        });
  }

  private List<String> addressesInSpec() {
    return configuration.entrySet().stream()
        .filter(entry -> Element.isAddress(entry.getKey(), entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private boolean isRaw(String key) {
    return element.isRawEntry(key, prefix) || listed.contains(key);
  }

  private boolean isFriendly(String key) {
    return element.entries().stream().anyMatch(entry -> entry.secretKey().equals(key));
  }

  /** Bounded, since it is kept as long as the resource. */
  private static List<String> ignored(
      SecretContent secret, SortedSet<String> read, Set<String> unused) {
    SortedSet<String> names = new TreeSet<>();
    long count = 0;
    for (String key : secret.keys()) {
      if (unused.contains(key) || (key.contains(".") && !read.contains(key))) {
        count++;
        names.add(key);
        if (names.size() > MOST_IGNORED_NAMES) {
          names.removeLast();
        }
      }
    }
    List<String> shown = new ArrayList<>(names);
    if (count > names.size()) {
      shown.add(count - names.size() + " more");
    }
    return shown;
  }

  /** The account alone, for calls that are about no resource; its configuration is empty. */
  public static CredentialsResult account(SecretContent secret, URI baseUrl) {
    List<String> missing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    SecretValue userSecret = accountKey(secret, USER_SECRET, missing, problems);
    SecretValue organizationSecret = accountKey(secret, ORGANIZATION_SECRET, missing, problems);
    return obstacle(secret, missing, problems)
        .orElseGet(() ->
            new CredentialsResult.Complete(
                AccountAccess.to(new Account(baseUrl, userSecret, organizationSecret)),
                new Configuration(new TreeMap<>(), Set.of())));
  }

  /**
   * What applications call an account with, whose user has a secret of its own.
   *
   * @param organizationSecret of the account, where the Secret has none
   * @return empty when the Secret has no usable user secret
   */
  public static Optional<ApplicationSecrets> applicationUser(
      SecretContent secret, SecretValue organizationSecret) {
    return readable(secret, USER_SECRET)
        .map(user ->
            new ApplicationSecrets(
                user, readable(secret, ORGANIZATION_SECRET).orElse(organizationSecret)));
  }

  private static Optional<SecretValue> readable(SecretContent secret, String key) {
    return EntryBounds.ofSizes(secret, new TreeSet<>(Set.of(key)), Map.of()).isEmpty()
            && secret.readAccountSecret(key) instanceof ValueReading.Readable(SecretValue value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private static Optional<CredentialsResult> obstacle(
      SecretContent secret, List<String> missing, List<String> problems) {
    if (!missing.isEmpty()) {
      return Optional.of(new CredentialsResult.Missing(secret.name(), missing));
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new CredentialsResult.Malformed(secret.name(), problems));
  }

  /** An empty secret where there is none, which the lists then say. */
  private static SecretValue accountKey(
      SecretContent secret, String key, List<String> missing, List<String> problems) {
    List<String> tooLarge = EntryBounds.ofSizes(secret, new TreeSet<>(Set.of(key)), Map.of());
    if (!tooLarge.isEmpty()) {
      problems.addAll(tooLarge);
      return SecretValue.of("");
    }
    return switch (secret.readAccountSecret(key)) {
      case ValueReading.Readable(SecretValue value) -> value;
      case ValueReading.Absent(String how) -> {
        missing.add("key " + key + " in Secret " + secret.name() + " (Authorization header)" + how);
        yield SecretValue.of("");
      }
      case ValueReading.Unusable(String problem) -> {
        problems.add("key " + key + " in Secret " + secret.name() + " " + problem);
        yield SecretValue.of("");
      }
    };
  }
}
