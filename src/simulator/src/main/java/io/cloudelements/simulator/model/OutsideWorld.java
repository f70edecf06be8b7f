package io.cloudelements.simulator.model;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes the platform without a call to its API: people at its console, its own operations, and
 * ConnectWise. Naming something that does not exist is an {@link IllegalArgumentException}.
 */
public final class OutsideWorld {
  private final ServiceState state;

  OutsideWorld(ServiceState state) {
    this.state = state;
  }

  /** A user who may do everything with instances of his own. */
  public User addUser(String userSecret, String organizationSecret) {
    return addUser(
        userSecret, organizationSecret, EnumSet.complementOf(EnumSet.of(Privilege.ACCOUNT_WIDE)));
  }

  /**
   * A user with these privileges. When the secret is in use already, it names this new user from
   * now on; the new user sees nothing that the earlier one created.
   */
  public User addUser(String userSecret, String organizationSecret, Set<Privilege> privileges) {
    synchronized (state) {
      return state.users.add(userSecret, organizationSecret, privileges);
    }
  }

  /** From now on the user's secret is a 401; its instances stay (contract §5). */
  public void revokeUser(String userSecret) {
    synchronized (state) {
      state.users.setActive(userSecret, false);
    }
  }

  /** The same secret is good again. */
  public void restoreUser(String userSecret) {
    synchronized (state) {
      state.users.setActive(userSecret, true);
    }
  }

  /**
   * Replaces a user's secret, as its owner does at the console: the old one is dead at once, the
   * user keeps its organization and its instances (contract §11).
   */
  public User resetUserSecret(String userSecret, String newUserSecret) {
    synchronized (state) {
      return state.users.resetSecret(userSecret, newUserSecret);
    }
  }

  /** Deactivates a user for good, which deletes its instances (contract §5). */
  public void deactivateUserPermanently(String userSecret) {
    synchronized (state) {
      state.users.setActive(userSecret, false);
      long owner = state.users.bySecret(userSecret).orElseThrow().id();
      for (Instance instance : List.copyOf(state.instances.all())) {
        if (instance.isLive() && instance.ownerId() == owner) {
          deleteExternally(instance.id());
        }
      }
    }
  }

  /** Makes ConnectWise accept a login. Before the first of these it accepts every login. */
  public void acceptLogin(ProviderAccount account) {
    synchronized (state) {
      state.provider.accept(account);
    }
  }

  /** Makes ConnectWise accept every login again. */
  public void acceptEveryLogin() {
    synchronized (state) {
      state.provider.acceptEveryLogin();
    }
  }

  /** Makes other WSDL paths stale; an empty set serves every path. */
  public void serveWsdlPaths(Set<String> paths) {
    synchronized (state) {
      state.provider.serveWsdlPaths(paths);
    }
  }

  public void deleteExternally(long id) {
    change(id, Change.ChangeKind.DELETED, d -> d.deleted = true);
  }

  public void disable(long id) {
    change(id, Change.ChangeKind.DISABLED, d -> d.disabled = true);
  }

  public void enable(long id) {
    change(id, Change.ChangeKind.ENABLED, d -> d.disabled = false);
  }

  /** Makes answers say {@code valid: false}. */
  public void invalidate(long id) {
    change(id, Change.ChangeKind.UPDATED, d -> d.valid = false);
  }

  public void validate(long id) {
    change(id, Change.ChangeKind.UPDATED, d -> d.valid = true);
  }

  public void rename(long id, String name) {
    change(id, Change.ChangeKind.UPDATED, d -> d.name = name);
  }

  public void setTags(long id, Set<String> tags) {
    change(id, Change.ChangeKind.UPDATED, d -> d.tags = tags);
  }

  public void setConfiguration(long id, String key, String value) {
    change(
        id,
        Change.ChangeKind.UPDATED,
        d -> {
          Map<String, String> changed = new LinkedHashMap<>(d.configuration);
          changed.put(key, value);
          d.configuration = changed;
        });
  }

  /** A formula refers to the instance: deleting it is a 409. */
  public void markInUse(long id) {
    change(id, Change.ChangeKind.UPDATED, d -> d.inUse = true);
  }

  public void release(long id) {
    change(id, Change.ChangeKind.UPDATED, d -> d.inUse = false);
  }

  /** Creates an instance as a person would in the console; nothing is verified. */
  public Instance createByHand(
      User owner,
      String elementKey,
      String name,
      Set<String> tags,
      Map<String, String> configuration) {
    synchronized (state) {
      if (ElementCatalog.find(elementKey, Set.of(), state.behaviour).isEmpty()) {
        throw new IllegalArgumentException("No element has the key " + elementKey);
      }
      Instance created =
          state.identifiers.issueTo(
              Instance.draft(owner, elementKey, name, tags, configuration, "none", state.now()));
      state.recordByHand(Change.ChangeKind.CREATED, created);
      return created;
    }
  }

  /** Forgets all instances and switches; users, logins and the counting of ids go on. */
  public void wipe() {
    synchronized (state) {
      state.instances = new Instances();
      state.behaviour = Behaviour.documented();
    }
  }

  private void change(long id, Change.ChangeKind kind, Consumer<Instance.Draft> change) {
    synchronized (state) {
      Instance instance =
          state
              .live(id)
              .orElseThrow(() -> new IllegalArgumentException("No live instance has id " + id));
      state.recordByHand(kind, instance.with(change));
    }
  }
}
