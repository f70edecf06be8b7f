package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.User;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The accounts at the service that an account object opens, which are at another host. */
final class PlatformAccount {
  static final URI BASE_URL = URI.create("https://api.cloud-elements.co.uk/elements/api-v2");

  /**
   * Two secrets that open an account.
   *
   * @param user names the user
   * @param organization names the organization
   */
  record Pair(String user, String organization) {}

  static final Pair FIRST = new Pair("kAnArY+user/0011==", "c0ffee0canary0organization000011");

  /** Another secret of the same user. */
  static final Pair ROTATED = new Pair("kAnArY+user/0012==", FIRST.organization());

  static final Pair FOREIGN = new Pair("kAnArY+user/0013==", "c0ffee0canary0organization000013");
  static final List<Pair> ALL = List.of(FIRST, ROTATED, FOREIGN);

  /** Secrets of users that applications call as; no account object is opened with them. */
  static final String APPLICATION_USER = "kAnArY+user/0014==";

  static final String NEW_APPLICATION_USER = "kAnArY+user/0015==";

  /** The first instance that is made by hand there. */
  static final long FIRST_MADE = 1237;

  static final ResourceId NEIGHBOUR = new ResourceId("neighbours", Cluster.NAME);
  static final OwnershipTag NEIGHBOURS_TAG =
      OwnershipTag.of(ScheduledService.CLUSTER_NAME, NEIGHBOUR);

  private final OutsideWorld outside;
  private final User user;
  private final Map<String, String> organizations = new HashMap<>();
  private boolean isReset;

  PlatformAccount(Platform platform) {
    this.outside = platform.outsideWorld();
    this.user = outside.addUser(FIRST.user(), FIRST.organization());
    User foreign = outside.addUser(FOREIGN.user(), FOREIGN.organization());
    organizations.put(FIRST.user(), Long.toString(user.organizationId()));
    organizations.put(ROTATED.user(), Long.toString(user.organizationId()));
    organizations.put(FOREIGN.user(), Long.toString(foreign.organizationId()));
  }

  /** The user's old secret is dead at once, and the new one shows the same (contract §11). */
  void reset() {
    isReset = true;
    outside.resetUserSecret(FIRST.user(), ROTATED.user());
  }

  /** Whether the service accepts what a Secret holds. */
  boolean accepts(Secret secret) {
    String dead = isReset ? FIRST.user() : ROTATED.user();
    String encoded = Base64.getEncoder().encodeToString(dead.getBytes(StandardCharsets.UTF_8));
    return !encoded.equals(secret.getData().get("userSecret"));
  }

  Instance create(Set<String> tags) {
    return outside.createByHand(user, "connectwisehd", "Other desk", tags, Map.of());
  }

  /** The id of the organization that these secrets open. */
  String organization(Pair secrets) {
    return organizations.get(secrets.user());
  }

  /** As resources record the first of them, whose organization the service tells. */
  String fingerprint() {
    return Account.ofOrganization(BASE_URL, organization(FIRST));
  }

  /** What of these accounts is in a header; empty when nothing is. */
  static Optional<Pair> in(String authorization) {
    return ALL.stream().filter(pair -> authorization.contains(pair.user())).findFirst();
  }
}
