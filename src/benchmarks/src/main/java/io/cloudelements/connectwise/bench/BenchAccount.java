package io.cloudelements.connectwise.bench;

/**
 * An account at the platform, and the Secret of that name that holds its credentials.
 *
 * @param name of the Secret
 */
record BenchAccount(String name) {
  String userSecret() {
    return "user-" + name;
  }

  String organizationSecret() {
    return "organization-" + name;
  }

  String secrets() {
    return "{\"userSecret\": \"%s\", \"organizationSecret\": \"%s\"}"
        .formatted(userSecret(), organizationSecret());
  }
}
