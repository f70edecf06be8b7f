package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.User;
import java.net.URI;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values of the contract that the tests of this package share. Every secret is a canary. */
final class ApiSamples {
  static final String USER_SECRET = "canaryUser+secret/0123456789==";
  static final String ORGANIZATION_SECRET = "ca4a7a00000000000000000000000001";
  static final String PASSWORD = "canary&Pass word<7>";
  static final String TOKEN = "canaryToken/Qqm9F+z8BuWAmYY9OzYqI=";

  static final OwnershipTag TAG =
      OwnershipTag.of("test", new ResourceId("integrations", "acme-helpdesk"));

  private ApiSamples() {}

  /** Makes the account known to a platform. */
  static User addUser(Simulator simulator) {
    return simulator.platform().outsideWorld().addUser(USER_SECRET, ORGANIZATION_SECRET);
  }

  static AccountAccess account(String baseUrl) {
    return AccountAccess.to(
        new Account(
            URI.create(baseUrl), SecretValue.of(USER_SECRET), SecretValue.of(ORGANIZATION_SECRET)));
  }

  static InstanceDefinition definition() {
    return definition(Element.CONNECTWISE_HD);
  }

  /** The seed's request with the placeholders filled in, and the operator's tags. */
  static InstanceDefinition definition(Element element) {
    TreeMap<String, SecretValue> entries = new TreeMap<>();
    for (Element.RequiredEntry entry : element.entries()) {
      entries.put(
          entry.configurationKey(element.defaultPrefix()),
          SecretValue.of(entry.confidential() ? PASSWORD : "plain " + entry.secretKey()));
    }
    Set<String> plain =
        element.entries().stream()
            .filter(entry -> !entry.confidential())
            .map(entry -> entry.configurationKey(element.defaultPrefix()))
            .collect(Collectors.toSet());
    return new InstanceDefinition(
        element,
        "Acme help desk",
        Set.of("acme", OwnershipTag.MARKER, TAG.value()),
        new Configuration(entries, plain));
  }

  static String instanceJson(long id) {
    return """
    {"id": %d, "name": "Acme help desk", "token": "%s", "valid": true, "disabled": false,
     "element": {"id": 117, "key": "connectwisehd"}, "tags": ["acme", "%s"],
     "configuration": {"helpdesk.connectwise.username": "api1",
                       "helpdesk.connectwise.password": "********",
                       "event.notification.enabled": null}}
    """
        .formatted(id, TOKEN, TAG.value());
  }
}
