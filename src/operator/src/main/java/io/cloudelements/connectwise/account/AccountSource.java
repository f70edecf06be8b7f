package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import java.time.Instant;
import java.util.Optional;

/** Where the account of a resource comes from, or why it has none. */
public sealed interface AccountSource {
  AccountSource OWN = new OwnSecrets();

  /** What tells two of them apart without a secret; equal while a resource need not reconcile. */
  String version();

  /** The resource's own Secrets open it. */
  record OwnSecrets() implements AccountSource {
    @Override
    public String version() {
      return "";
    }
  }

  /** There is no account object of that name that the resource's namespace may use. */
  record NotUsable(ResourceId name) implements AccountSource {
    @Override
    public String version() {
      return "not usable";
    }
  }

  /**
   * The namespace may use it, but not for what the resource asks.
   *
   * @param what it may not be used for, as the end of a sentence
   */
  record Limited(ResourceId name, String what) implements AccountSource {
    @Override
    public String version() {
      return "limited: " + what;
    }
  }

  /** Its owner suspended it. */
  record Suspended(ResourceId name) implements AccountSource {
    @Override
    public String version() {
      return "suspended";
    }
  }

  /**
   * It cannot be called now.
   *
   * @param problem what its own status says
   */
  record NotReady(ResourceId name, String problem) implements AccountSource {
    @Override
    public String version() {
      return "not ready: " + problem;
    }
  }

  /**
   * It can be called.
   *
   * @param account what opens it
   * @param takesUnmarked whether this resource may take an instance without an ownership tag
   * @param limits of its owner
   * @param applicationUser what applications call it with
   * @param deletionsConfirmed deletions that were asked for until then are confirmed by its owner
   * @param revisions of its secrets, and of what applications call it with
   */
  record Open(
      ResourceId name,
      Account account,
      boolean takesUnmarked,
      InstanceLimits limits,
      Optional<ApplicationSecrets> applicationUser,
      Optional<Instant> deletionsConfirmed,
      String revisions)
      implements AccountSource {
    /** Whether its owner confirmed the deletions that were held, and this is one of them. */
    public boolean letsDelete(Instant asked) {
      return deletionsConfirmed.filter(until -> !asked.isAfter(until)).isPresent();
    }

    @Override
    public String version() {
      return openVersion(account.fingerprint(), revisions, limits);
    }
  }

  /** What {@link Open#version} says, before anything that opens the account is at hand. */
  static String openVersion(String fingerprint, String revisions, InstanceLimits limits) {
    return "open: " + fingerprint + " " + revisions + " " + limits;
  }

  /** How many instances there may be: all, and those of one namespace. */
  record InstanceLimits(Optional<Integer> instances, Optional<Integer> instancesPerNamespace) {}
}
