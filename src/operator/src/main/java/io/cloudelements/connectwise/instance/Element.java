package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The elements the operator provisions, each with the configuration entries that a credentials
 * Secret must feed (contract §9). Parsing, the message about missing entries and the documents read
 * this table.
 */
public enum Element {
  CONNECTWISE_HD(
      "connectwisehd",
      Hub.HELPDESK,
      "helpdesk.connectwise",
      List.of("helpdesk.connectwise"),
      RequiredEntry.SOAP),
  CONNECTWISE_CRM(
      "connectwisecrm",
      Hub.CRM,
      "crm.connectwise",
      List.of("crm.connectwise", "helpdesk.connectwise"),
      RequiredEntry.SOAP),
  CONNECTWISE_CRM_REST(
      "connectwisecrmrest", Hub.CRM, "", List.of("connectwise"), RequiredEntry.REST);

  /** The prefix of what every element knows about events (contract §9). */
  private static final String EVENTS = "event";

  /**
   * Names of entries that say where credentials or events go: {@code server.url}, {@code baseUrl},
   * callbacks. By their ending, since the service takes names that no page lists (contract §9); a
   * value that is a URL is an address under any name. The chart's admission policy has the same
   * three patterns, so they are written for RE2 too.
   */
  public static final String ADDRESS_NAME =
      "^(?i).*(url|uri|host|hostname|domain|endpoint|server|address)s?$";

  /** A path goes on where the address ends, so that one without its slash changes the host. */
  public static final String PATH_NAME = "^(?i).*path$";

  public static final String LOCAL_PATH = "^(/([^/].*)?)?$";

  private static final Pattern ADDRESS = Pattern.compile(ADDRESS_NAME);
  private static final Pattern PATH = Pattern.compile(PATH_NAME);
  private static final Pattern LOCAL = Pattern.compile(LOCAL_PATH);

  private final String key;
  private final Hub hub;
  private final String defaultPrefix;
  private final List<String> prefixes;
  private final List<RequiredEntry> entries;

  Element(
      String key,
      Hub hub,
      String defaultPrefix,
      List<String> prefixes,
      List<RequiredEntry> entries) {
    this.key = key;
    this.hub = hub;
    this.defaultPrefix = defaultPrefix;
    this.prefixes = prefixes;
    this.entries = entries;
  }

  /** The platform's element key. Element ids differ per environment and are never used. */
  public String key() {
    return key;
  }

  public Hub hub() {
    return hub;
  }

  /** The required entries, in the order in which a message lists them. */
  public List<RequiredEntry> entries() {
    return entries;
  }

  /** The prefix of prefixed entries when the resource sets no {@code configurationPrefix}. */
  public String defaultPrefix() {
    return defaultPrefix;
  }

  /**
   * What the names of this element's entries begin with, each with its dot: its own prefixes
   * (contract §9), the resource's, and that of events.
   */
  public SortedSet<String> entryPrefixes(String prefix) {
    return Stream.concat(prefixes.stream(), Stream.of(prefix, EVENTS))
        .filter(known -> !known.isEmpty())
        .map(known -> known + ".")
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether a key of the credentials Secret is one of this element's entries by its full name. A
   * key without a dot is a friendly one, also where an entry has the same name.
   */
  public boolean isRawEntry(String secretKey, String prefix) {
    return secretKey.contains(".")
        && (entryPrefixes(prefix).stream().anyMatch(secretKey::startsWith)
            || entries.stream()
                .anyMatch(entry -> entry.configurationKey(prefix).equals(secretKey)));
  }

  /** Whether a configuration entry decides to which host the service connects. */
  public static boolean isAddress(String entry, String value) {
    return ADDRESS.matcher(entry).matches()
        || value.contains("://")
        || (PATH.matcher(entry).matches() && !LOCAL.matcher(value).matches());
  }

  public static Optional<Element> ofKey(String key) {
    return Arrays.stream(values()).filter(element -> element.key.equals(key)).findFirst();
  }

  /** The element that a hub means when the resource names none. */
  public static Element defaultOf(Hub hub) {
    return Arrays.stream(values()).filter(element -> element.hub == hub).findFirst().orElseThrow();
  }

  /**
   * One required entry.
   *
   * @param secretKey the friendly key in the credentials Secret
   * @param name the configuration entry, without prefix when {@code prefixed}
   * @param prefixed whether {@code configurationPrefix} goes in front
   * @param confidential whether the value is a secret, which the service may mask (contract §3)
   */
  public record RequiredEntry(
      String secretKey, String name, boolean prefixed, boolean confidential) {
    private static final List<RequiredEntry> SOAP =
        List.of(
            new RequiredEntry("username", "username", true, false),
            new RequiredEntry("password", "password", true, true),
            new RequiredEntry("serverUrl", "server.url", true, false),
            new RequiredEntry("company", "company", true, false));
    private static final List<RequiredEntry> REST =
        List.of(
            new RequiredEntry("serverUrl", "baseUrl", false, false),
            new RequiredEntry("company", "company", false, false),
            new RequiredEntry("publicKey", "public.key", false, false),
            new RequiredEntry("privateKey", "private.key", false, true),
            new RequiredEntry("clientId", "connectwise.clientID", false, false));

    /** The configuration entry's full name on the wire. */
    public String configurationKey(String prefix) {
      return prefixed ? prefix + "." + name : name;
    }
  }
}
