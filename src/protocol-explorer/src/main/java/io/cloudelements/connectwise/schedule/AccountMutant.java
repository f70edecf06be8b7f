package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountReconciliation;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.schedule.AccountDraft.Allowed;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bugs of shared accounts. Each must be caught. */
enum AccountMutant implements Variant {
  ASKED_AFTER_THE_READ {
    @Override
    public AccountDirectory directory(AccountDirectory port, World world) {
      return new Changed(
          port,
          account -> {
            port.keys(account);
            return account;
          });
    }
  },

  NOTHING_SAID_MEANS_ALL {
    @Override
    public AccountDirectory directory(AccountDirectory port, World world) {
      return new Changed(
          port,
          account ->
              saysNothing(account) ? with(account, d -> d.allowed = Allowed.everybody()) : account);
    }

    private boolean saysNothing(CloudElementsAccount account) {
      return account.getSpec().allowedNamespaces() == null
          || Optional.ofNullable(account.getSpec().allowedNamespaces().selector())
              .map(LabelSelector::getMatchLabels)
              .filter(Map::isEmpty)
              .isPresent();
    }
  },

  ASKED_FOR_CREATION_ONLY {
    @Override
    public AccountDirectory directory(AccountDirectory port, World world) {
      return new Changed(
          port,
          account ->
              world.cluster().status().map(ConnectWiseInstanceStatus::instanceId).isPresent()
                  ? with(account, d -> d.allowed = Allowed.everybody())
                  : account);
    }
  },

  ADOPTION_PERMITTED {
    @Override
    public AccountDirectory directory(AccountDirectory port, World world) {
      return new Changed(
          port, account -> with(account, d -> d.adoption = AccountTerms.ADOPTION_ALLOWED));
    }
  },

  /** The organization that the service tells is accepted as if the owner had confirmed it. */
  IDENTITY_CHANGE_IGNORED {
    @Override
    public CloudElementsAccount account(CloudElementsAccount seen, World world) {
      String told = world.service().inAccount().organization(PlatformAccount.FOREIGN);
      ObjectMeta confirmed =
          new ObjectMetaBuilder(seen.getMetadata())
              .addToAnnotations(AccountCheck.CONFIRM_IDENTITY, told)
              .build();
      return AccountObjects.object(confirmed, seen.getSpec(), seen.getStatus());
    }
  },

  /** The secrets go to the operator's default instead of the account's own host. */
  SENT_TO_THE_DEFAULT_HOST {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return new ForwardingInstances(
          port, (access, call) -> port.call(AccountAccess.to(elsewhere(access.account())), call));
    }

    private Account elsewhere(Account account) {
      return new Account(
          ScheduledService.BASE_URL, account.userSecret(), account.organizationSecret());
    }
  },

  /** As a cache of tokens by name would. */
  TOKEN_OF_THE_NEIGHBOUR {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new ForwardingCluster(port) {
        @Override
        public void createSecret(Secret wanted) {
          SecretBuilder changed = new SecretBuilder(wanted);
          world
              .service()
              .platform()
              .liveTagged(PlatformAccount.NEIGHBOURS_TAG.value())
              .forEach(other ->
                  changed.addToData(
                      "token",
                      Base64.getEncoder()
                          .encodeToString(other.token().getBytes(StandardCharsets.UTF_8))));
          inner.createSecret(changed.build());
        }
      };
    }
  },

  /** Applications call as the administrator where they have no user of their own. */
  ADMINISTRATORS_SECRET_IN_TEMPLATES {
    @Override
    public AccountDirectory directory(AccountDirectory port, World world) {
      return new Changed(port, UnaryOperator.identity()) {
        @Override
        public Optional<Keys> keys(CloudElementsAccount account) {
          return inner
              .keys(account)
              .map(keys ->
                  new Keys(keys.account(), Optional.of(ApplicationSecrets.of(keys.account()))));
        }
      };
    }
  },

  /** Resources that refer to an account count; those that left an instance in it do not. */
  COUNTED_BY_REFERENCE {
    @Override
    public Stream<ConnectWiseInstance> counted(Stream<ConnectWiseInstance> all, String account) {
      return all.filter(seen -> seen.getSpec().accountRef() != null);
    }
  },

  RELEASED_WHILE_IN_USE {
    @Override
    public AccountReconciliation.AccountCaches view(AccountReconciliation.AccountCaches port) {
      return new AccountReconciliation.AccountCaches() {
        @Override
        public List<ConnectWiseInstance> referring(ResourceId account) {
          return List.of();
        }

        @Override
        public Optional<Map<String, String>> labels(String namespace) {
          return port.labels(namespace);
        }
      };
    }
  };

  /** A directory whose accounts say something else. */
  private static class Changed implements AccountDirectory {
    final AccountDirectory inner;
    private final UnaryOperator<CloudElementsAccount> change;

    Changed(AccountDirectory inner, UnaryOperator<CloudElementsAccount> change) {
      this.inner = inner;
      this.change = change;
    }

    @Override
    public Optional<CloudElementsAccount> account(ResourceId name) {
      return inner.account(name).map(change);
    }

    @Override
    public Optional<Map<String, String>> labels(String namespace) {
      return inner.labels(namespace);
    }

    @Override
    public String applicationVersion(CloudElementsAccount account) {
      return inner.applicationVersion(account);
    }

    @Override
    public Optional<Keys> keys(CloudElementsAccount account) {
      return inner.keys(account);
    }
  }

  private static CloudElementsAccount with(
      CloudElementsAccount account, Consumer<AccountDraft> change) {
    AccountDraft draft = AccountDraft.of(account.getSpec());
    change.accept(draft);
    return AccountObjects.object(account.getMetadata(), draft.finish(), account.getStatus());
  }
}
