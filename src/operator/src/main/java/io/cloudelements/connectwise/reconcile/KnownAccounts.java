package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.ResourceId;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which account a Secret opens, by the version of the Secret: a resource whose account is known is
 * queued before anything is read. A wrong entry costs no more than a wait in the wrong queue, since
 * the reconcile asks again with the account that it has read.
 */
final class KnownAccounts {
  /** Secrets that many resources share are few; one of a single resource is read for it anyway. */
  private static final int MOST = 2_000;

  private static final URI OPERATORS_DEFAULT = URI.create("");

  private enum Kind {
    ACCOUNT,
    SECRET
  }

  private record Opener(Kind kind, ResourceId name, Optional<URI> baseUrl) {}

  private record Opened(Optional<String> version, AccountKey account) {}

  /** The one that was used longest ago first. */
  private final Map<Opener, Opened> accounts = new LinkedHashMap<>(16, 0.75f, true);

  void learn(ReconcileInput input, AccountKey account) {
    Optional<String> version =
        input
            .spec()
            .accountRef()
            .map(_ -> input.account().version())
            .or(() -> ObservedInputs.secretVersion(input, input.spec().accountSecret()));
    accounts.put(opener(input.resource()), new Opened(version, account));
    if (accounts.size() > MOST) {
      accounts.remove(accounts.keySet().iterator().next());
    }
  }

  /**
   * @param version of the account's Secret or object, as far as it is known
   */
  Optional<AccountKey> find(ConnectWiseInstance resource, Optional<String> version) {
    return Optional.ofNullable(accounts.get(opener(resource)))
        .filter(known -> version.isEmpty() || version.equals(known.version()))
        .map(Opened::account);
  }

  private static Opener opener(ConnectWiseInstance resource) {
    SpecDefaults spec = SpecDefaults.of(resource);
    return spec.accountRef()
        .map(name -> new Opener(Kind.ACCOUNT, name, Optional.empty()))
        .orElseGet(() ->
            new Opener(
                Kind.SECRET,
                new ResourceId(resource.getMetadata().getNamespace(), spec.accountSecret()),
                spec.baseUrl(OPERATORS_DEFAULT)));
  }
}
