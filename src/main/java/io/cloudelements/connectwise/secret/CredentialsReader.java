package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Redacted;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a resource's credentials: the friendly keys of its element, raw entries (keys with a dot),
 * and the open entries of {@code spec.configuration}. The more explicit wins: {@code
 * spec.configuration}, then a raw key, then a friendly key.
 */
public final class CredentialsReader {
  public static final String USER_SECRET = "userSecret";
  public static final String ORGANIZATION_SECRET = "organizationSecret";

  private final Element element;
  private final String prefix;
  private final URI baseUrl;
  private final Map<String, String> configuration;

  public CredentialsReader(
      Element element, String prefix, URI baseUrl, Map<String, String> configuration) {
    this.element = element;
    this.prefix = prefix;
    this.baseUrl = baseUrl;
    this.configuration = configuration;
  }

  /**
   * @param credentials the Secret of {@code credentialsSecretRef}
   * @param account the Secret of {@code accountSecretRef}, or the same one
   */
  public CredentialsResult read(SecretContent credentials, SecretContent account) {
    List<String> missing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Optional<String> userSecret = accountKey(account, USER_SECRET, missing, problems);
    Optional<String> organizationSecret =
        accountKey(account, ORGANIZATION_SECRET, missing, problems);

    SortedMap<String, Redacted> entries = new TreeMap<>();
    Set<String> open = new HashSet<>();
    for (Element.Entry entry : element.entries()) {
      String name = entry.configurationKey(prefix);
      boolean raw = isRaw(name) && credentials.has(name);
      if (configuration.containsKey(name) || raw) {
        if (!entry.confidential()) {
          open.add(name);
        }
        continue;
      }
      Optional<String> value = credentials.value(entry.secretKey());
      if (value.isEmpty()) {
        missing.add(
            "key "
                + entry.secretKey()
                + " (configuration entry "
                + name
                + ")"
                + emptiness(credentials, entry.secretKey()));
        continue;
      }
      shapeProblem(credentials, entry.secretKey()).ifPresent(problems::add);
      entries.put(name, Redacted.of(value.get()));
      if (!entry.confidential()) {
        open.add(name);
      }
    }
    credentials.keys().stream()
        .filter(key -> isRaw(key) && !configuration.containsKey(key))
        .forEach(key -> {
          shapeProblem(credentials, key).ifPresent(problems::add);
          entries.put(key, Redacted.of(credentials.value(key).orElse("")));
        });
    configuration.forEach((key, value) -> {
      entries.put(key, Redacted.of(value));
      open.add(key);
    });

    if (!missing.isEmpty()) {
      return new CredentialsResult.Missing(credentials.name(), missing);
    }
    if (!problems.isEmpty()) {
      return new CredentialsResult.Malformed(credentials.name(), problems);
    }
    Configuration sent = new Configuration(entries, open);
    return new CredentialsResult.Complete(
        new Account(
                baseUrl,
                Redacted.of(userSecret.orElseThrow()),
                Redacted.of(organizationSecret.orElseThrow()))
            .confiding(sent.secrets()),
        sent);
  }

  /** The account alone, for calls that are about no resource; its configuration is empty. */
  public static CredentialsResult account(SecretContent secret, URI baseUrl) {
    List<String> missing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Optional<String> userSecret = accountKey(secret, USER_SECRET, missing, problems);
    Optional<String> organizationSecret =
        accountKey(secret, ORGANIZATION_SECRET, missing, problems);
    if (!missing.isEmpty()) {
      return new CredentialsResult.Missing(secret.name(), missing);
    }
    if (!problems.isEmpty()) {
      return new CredentialsResult.Malformed(secret.name(), problems);
    }
    return new CredentialsResult.Complete(
        new Account(
            baseUrl,
            Redacted.of(userSecret.orElseThrow()),
            Redacted.of(organizationSecret.orElseThrow())),
        new Configuration(new TreeMap<>(), Set.of()));
  }

  /** A key without a dot is a friendly one, also where the entry has the same name. */
  private static boolean isRaw(String key) {
    return key.contains(".");
  }

  private static Optional<String> accountKey(
      SecretContent secret, String key, List<String> missing, List<String> problems) {
    Optional<String> value = secret.value(key);
    if (value.isEmpty()) {
      missing.add(
          "key "
              + key
              + " in Secret "
              + secret.name()
              + " (Authorization header)"
              + emptiness(secret, key));
    }
    shapeProblem(secret, key).ifPresent(problems::add);
    return value;
  }

  private static String emptiness(SecretContent secret, String key) {
    return secret.has(key) ? ", which is empty" : "";
  }

  private static Optional<String> shapeProblem(SecretContent secret, String key) {
    return secret
        .problem(key)
        .map(problem -> "key " + key + " in Secret " + secret.name() + " " + problem);
  }
}
