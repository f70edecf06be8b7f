package io.cloudelements.simulator.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The users by secret, and by id as long as an instance may still name them. */
final class Users {
  private static final long FIRST_ID = 1_000_001;

  private final Map<String, User> bySecret = new LinkedHashMap<>();
  private final Map<Long, User> byId = new LinkedHashMap<>();
  private long nextId = FIRST_ID;

  /** Takes the place of an earlier user with the same secret, whose instances stay his own. */
  User add(String secret, String organizationSecret, Set<Privilege> privileges) {
    return put(new User(nextId++, secret, organizationSecret, Set.copyOf(privileges), true));
  }

  Optional<User> bySecret(String secret) {
    return Optional.ofNullable(bySecret.get(secret));
  }

  void setActive(String secret, boolean active) {
    put(known(secret).withActive(active));
  }

  /** The old secret is dead at once (contract §11); the user and its instances stay. */
  User resetSecret(String old, String fresh) {
    User user = known(old);
    if (bySecret.containsKey(fresh)) {
      throw new IllegalArgumentException("The new secret is in use");
    }
    bySecret.remove(old);
    return put(user.withSecret(fresh));
  }

  /** The user as it is now, also after its secret was reset. */
  Optional<User> now(User then) {
    return Optional.ofNullable(byId.get(then.id()));
  }

  boolean sees(User user, Instance instance) {
    if (instance.ownerId() == user.id()) {
      return true;
    }
    User owner = byId.get(instance.ownerId());
    return owner != null
        && user.may(Privilege.ACCOUNT_WIDE)
        && owner.organizationSecret().equals(user.organizationSecret());
  }

  User owner(Instance instance) {
    return byId.get(instance.ownerId());
  }

  private User known(String secret) {
    return bySecret(secret)
        .orElseThrow(() -> new IllegalArgumentException("No user has this secret"));
  }

  private User put(User user) {
    bySecret.put(user.secret(), user);
    byId.put(user.id(), user);
    return user;
  }
}
