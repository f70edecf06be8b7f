package io.cloudelements.simulator.model;

import java.util.Optional;

/**
 * The parts of an {@code Authorization} header: {@code User …, Organization …, ElementModel …} in
 * any order, scheme words capitalised (contract §1). Secrets are taken as sent, {@code =} and
 * {@code +} included.
 */
record Authorization(
    Optional<String> user, Optional<String> organization, Optional<String> element) {

  static Authorization of(ApiRequest request) {
    Optional<String> user = Optional.empty();
    Optional<String> organization = Optional.empty();
    Optional<String> element = Optional.empty();
    for (String part : request.header("Authorization").orElse("").split(",\\s*", -1)) {
      int space = part.indexOf(' ');
      if (space > 0) {
        Optional<String> value = Optional.of(part.substring(space + 1));
        switch (part.substring(0, space)) {
          case "User" -> user = value;
          case "Organization" -> organization = value;
          case "Element" -> element = value;
          default -> {
            return new Authorization(Optional.empty(), Optional.empty(), Optional.empty());
          }
        }
      }
    }
    return new Authorization(user, organization, element);
  }
}
