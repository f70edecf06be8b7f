package io.cloudelements.simulator.model;

import io.cloudelements.simulator.model.ElementModel.ConfigurationEntry;
import io.cloudelements.simulator.model.ElementModel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The three ConnectWise elements (contract §9). */
final class ElementCatalog {
  static final String HELPDESK_PREFIX = "helpdesk.connectwise.";
  static final String CRM_PREFIX = "crm.connectwise.";

  private static final ElementModel HELPDESK =
      new ElementModel(
          117,
          "connectwisehd",
          "ConnectWise",
          "helpdesk",
          "Add a ConnectWise Instance to connect your existing ConnectWise account to the Help Desk"
              + " Hub, allowing you to manage your incidents, priorities, statuses, users, etc."
              + " across multiple Help Desk Elements. You will need your ConnectWise account"
              + " information to add an instance.",
          soapEntries(HELPDESK_PREFIX));

  private static final ElementModel CRM = crm(HELPDESK_PREFIX);
  private static final ElementModel CRM_AS_FIRST_DOCUMENTED = crm(CRM_PREFIX);
  private static final ElementModel REST = rest(false);
  private static final ElementModel REST_WITH_CLIENT_ID = rest(true);

  private ElementCatalog() {}

  /** One of each; the schemas of an element may differ, what else is known of it does not. */
  static List<ElementModel> all() {
    return List.of(HELPDESK, CRM, REST);
  }

  /** The key of the element with this id; anything else is a key already (contract §3). */
  static String keyOf(String keyOrId) {
    return all().stream()
        .filter(element -> Integer.toString(element.id()).equals(keyOrId))
        .map(ElementModel::key)
        .findFirst()
        .orElse(keyOrId);
  }

  /**
   * The element with the schema that the behaviour gives it.
   *
   * @param entryKeys the entries at hand, which decide between the two prefixes of the CRM element
   */
  static Optional<ElementModel> find(String key, Set<String> entryKeys, Behaviour behaviour) {
    return switch (key) {
      case "connectwisehd" -> Optional.of(HELPDESK);
      case "connectwisecrm" -> Optional.of(crm(entryKeys, behaviour.crmPrefix()));
      case "connectwisecrmrest" ->
          Optional.of(behaviour.clientIdRequired() ? REST_WITH_CLIENT_ID : REST);
      default -> Optional.empty();
    };
  }

  /** Whether the entry holds a secret in any element, or is named like one that does. */
  static boolean isSecret(String entryKey) {
    return entryKey.endsWith(".password")
        || entryKey.endsWith("private.key")
        || entryKey.endsWith("signature.key")
        || entryKey.endsWith("secret");
  }

  private static ElementModel crm(Set<String> entryKeys, Behaviour.CrmPrefix prefix) {
    boolean asFirstDocumented =
        switch (prefix) {
          case CRM -> true;
          case HELPDESK, EITHER_SHOWN_AS_HELPDESK -> false;
          case EITHER -> entryKeys.stream().anyMatch(key -> key.startsWith(CRM_PREFIX));
        };
    return asFirstDocumented ? CRM_AS_FIRST_DOCUMENTED : CRM;
  }

  private static ElementModel crm(String prefix) {
    return new ElementModel(
        198,
        "connectwisecrm",
        "ConnectWise CRM",
        "crm",
        "Add a ConnectWise Instance to connect your existing ConnectWise account to the CRM Hub,"
            + " allowing you to manage your contacts, organizations, etc. across multiple CRM"
            + " Elements. You will need your ConnectWise account information to add an instance.",
        soapEntries(prefix));
  }

  private static ElementModel rest(boolean clientIdRequired) {
    List<ConfigurationEntry> entries = new ArrayList<>();
    entries.add(ConfigurationEntry.required("baseUrl", "Base URL", "TEXTFIELD_1000", Role.SERVER));
    entries.add(ConfigurationEntry.required("company", "Company", "TEXTFIELD_128", Role.COMPANY));
    entries.add(
        ConfigurationEntry.required("public.key", "Public key", "TEXTFIELD_128", Role.USERNAME));
    entries.add(
        ConfigurationEntry.required("private.key", "Private key", "PASSWORD", Role.PASSWORD));
    entries.add(
        clientIdRequired
            ? ConfigurationEntry.required(
                "connectwise.clientID", "Client ID", "TEXTFIELD_128", Role.NONE)
            : ConfigurationEntry.optional("connectwise.clientID", "Client ID", "TEXTFIELD_128"));
    entries.add(
        ConfigurationEntry.optional(
            "event.poller.refresh_interval", "Refresh interval", "TEXTFIELD_32"));
    entries.add(
        ConfigurationEntry.optional(
            "event.poller.configuration", "Objects to poll", "CODE_EDITOR"));
    entries.addAll(commonEntries());
    return new ElementModel(
        2346,
        "connectwisecrmrest",
        "ConnectWise CRM REST",
        "crm",
        "Add a ConnectWise REST Instance to connect your existing ConnectWise account to the CRM"
            + " Hub.",
        List.copyOf(entries));
  }

  private static List<ConfigurationEntry> soapEntries(String prefix) {
    List<ConfigurationEntry> entries = new ArrayList<>();
    entries.add(
        ConfigurationEntry.required(
            prefix + "username", "Username", "TEXTFIELD_128", Role.USERNAME));
    entries.add(
        ConfigurationEntry.required(prefix + "password", "Password", "PASSWORD", Role.PASSWORD));
    entries.add(
        ConfigurationEntry.required(
            prefix + "server.url", "Server URL", "TEXTFIELD_1000", Role.SERVER));
    entries.add(
        ConfigurationEntry.required(prefix + "company", "Company", "TEXTFIELD_128", Role.COMPANY));
    entries.add(
        ConfigurationEntry.defaulted(
            HELPDESK_PREFIX + "wsdl.path",
            "WSDL path",
            "TEXTFIELD_128",
            "/v2015_3/apis/2.0/",
            Role.WSDL_PATH));
    entries.addAll(commonEntries());
    return List.copyOf(entries);
  }

  private static List<ConfigurationEntry> commonEntries() {
    return List.of(
        ConfigurationEntry.defaulted(
            "filter.response.nulls", "Filter null values", "BOOLEAN", "true", Role.NONE),
        ConfigurationEntry.defaulted(
            "event.notification.enabled", "Events enabled", "BOOLEAN", "false", Role.NONE),
        ConfigurationEntry.optional(
            "event.notification.callback.url", "Callback URL", "TEXTFIELD_1000"),
        ConfigurationEntry.optional(
            "event.notification.signature.key", "Signature key", "TEXTFIELD_64"),
        ConfigurationEntry.optional("event.vendor.type", "Vendor event type", "COMBO"),
        ConfigurationEntry.optional("event.notification.type", "Notification type", "COMBO"),
        ConfigurationEntry.managed("event.notification.subscription.id", "Subscription"));
  }
}
