package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall.Create;
import io.cloudelements.connectwise.instance.InstanceCall.FindByTag;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Known bugs of other controllers, put around the production code. Each must be caught. */
enum Mutant implements Variant {
  /** crossplane and others before it had external names: nothing marks what was created. */
  NO_TAG {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return new ForwardingInstances(
          port,
          (access, call) ->
              call instanceof Create(var definition, var window)
                  ? port.create(access, untagged(definition), window)
                  : port.call(access, call));
    }

    private InstanceDefinition untagged(InstanceDefinition whole) {
      Set<String> tags = new TreeSet<>(whole.tags());
      tags.remove(ScheduledService.TAG.value());
      return new InstanceDefinition(whole.element(), whole.name(), tags, whole.configuration());
    }
  },

  /** The status Ready is written before the token Secret is. */
  SECRET_AFTER_CREATED {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new SecretLast(port);
    }
  },

  /** An outage looks like an empty account. */
  ANY_NON_2XX_MEANS_ABSENT {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return ForwardingInstances.afterFailures(
          port,
          (_, call, e) ->
              switch (call) {
                case FindByTag _ -> TagMatches.of(List.of());
                case Create _, Read _ ->
                    throw new InstancesApiException(
                        new RemoteFailure.NotFound(e.failure().answer()));
                default -> throw e;
              });
    }
  },

  /** An instance with the right name is taken for ours. */
  FIRST_MATCH_WINS {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return ForwardingInstances.afterAnswers(
          port,
          (_, _, answer) ->
              answer instanceof TagMatches ours && ours.instances().isEmpty()
                  ? world.service().namesakes()
                  : answer);
    }
  },

  /** Orphan mitigation: after a failed creation, delete every instance that it may have left. */
  DELETE_ON_5XX {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return ForwardingInstances.afterFailures(
          port,
          (access, call, e) -> {
            if (call instanceof Create && e.failure() instanceof RemoteFailure.ServiceFailed) {
              port.findByTag(access, ScheduledService.TAG)
                  .instances()
                  .forEach(instance -> port.delete(access, instance.id()));
            }
            throw e;
          });
    }
  },

  /** A status made from the failure alone, which forgets what it was about. */
  STATUS_WITHOUT_THE_ID {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new ForwardingCluster(port) {
        @Override
        public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
          return inner.writeStatus(
              resource, Statuses.synced(status) ? status : Statuses.withoutId(status));
        }
      };
    }
  },

  /** An HTTP client's retry, for a call that must not be repeated. */
  POST_RETRIED_ON_TIMEOUT {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return ForwardingInstances.afterFailures(
          port,
          (access, call, e) -> {
            if (call instanceof Create(var definition, _)
                && (e.failure() instanceof RemoteFailure.TimedOut
                    || e.failure() instanceof RemoteFailure.ConnectionLost)) {
              return port.create(access, definition, SendWindow.ALWAYS);
            }
            throw e;
          });
    }
  },

  /** An answer is cleaned of the secrets of its own call; it quotes one of an earlier call. */
  KNOWN_SECRETS_NOT_REDACTED {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return new ForwardingInstances(
          port, (access, call) -> port.call(AccountAccess.to(access.account()), call));
    }
  },

  /** The finalizer deletes the instance also when the CRD is deleted with all its resources. */
  CRD_STATE_IGNORED {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      return gathered.with(CrdState.IN_USE);
    }
  },

  /** The instance with the recorded id is taken for ours, with any tags. */
  ID_PROVES_OWNERSHIP {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return new ForwardingInstances(
          port,
          (access, call) ->
              call instanceof Read(long id)
                  ? claimed(port.read(access, id))
                  : port.call(access, call));
    }

    private RemoteInstance claimed(RemoteInstance i) {
      Set<String> tags = new TreeSet<>(i.tags().orElse(Set.of()));
      tags.removeIf(OwnershipTag::isReserved);
      return new RemoteInstance(
          i.id(),
          i.token(),
          i.name(),
          i.elementKey(),
          Optional.of(ScheduledService.TAG.with(tags)),
          i.availability(),
          i.configuration());
    }
  },

  /** controller-runtime's GenerationChangedPredicate: annotations and a lost status are no news. */
  GENERATION_CHANGED_ONLY {
    @Override
    public boolean isEvent(boolean accepted, ConnectWiseInstance now, ConnectWiseInstance before) {
      return accepted
          && !now.getMetadata().getGeneration().equals(before.getMetadata().getGeneration());
    }
  },

  /** A change of a Secret is noticed only at the next resync. */
  SECRETS_NOT_WATCHED {
    @Override
    public boolean isEvent(boolean accepted, Secret now) {
      return false;
    }
  },

  /** A reconcile is skipped as long as the generation is the observed one. */
  GENERATION_REMEMBERED_ONLY {
    @Override
    public ObservedInputs remembered(ObservedInputs inputs) {
      return new ObservedInputs(
          "", inputs.generation(), Map.of(), inputs.secretVersions(), inputs.account());
    }
  },

  /** The status is taken for the operator's own, so that what others make of it is no news. */
  FOREIGN_STATUS_NOT_REMEMBERED {
    @Override
    public ObservedInputs remembered(ObservedInputs inputs) {
      return new ObservedInputs(
          "", inputs.generation(), inputs.annotations(), inputs.secretVersions(), inputs.account());
    }
  },

  /** Only the resource's own version tells whether there is news. */
  SECRETS_NOT_REMEMBERED {
    @Override
    public ObservedInputs remembered(ObservedInputs inputs) {
      return new ObservedInputs(
          inputs.version(), inputs.generation(), inputs.annotations(), Map.of(), inputs.account());
    }
  },

  /** Each event without news begins the wait anew. */
  EVENTS_DEFERRED {
    @Override
    public Optional<Duration> remaining(Optional<Duration> known) {
      return known.map(_ -> Duration.ofMinutes(15));
    }
  },

  /** Each resource that is queued says so at once: a thousand writes for nothing. */
  QUEUED_RECONCILE_WRITES {
    @Override
    public CallPermits permits(CallPermits port, ClusterWrites cluster, World world) {
      return new AnnouncingPermits(port, cluster, world);
    }
  },

  /** A place that is reserved for a resource which is gone is reserved for ever. */
  RESERVATION_NEVER_EXPIRES {
    @Override
    public InstantSource queueClock(InstantSource clock) {
      Instant start = clock.instant();
      return () -> start;
    }
  },

  /** Writes that overwrite those of another replica. */
  UNGUARDED_INTENT {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new UnguardedWrites(port, world);
    }
  },

  /** The account that opens now is taken for the one of the attempt. */
  ACCOUNT_NOT_COMPARED {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      ConnectWiseInstance resource = gathered.resource();
      Optional<String> opened = OpenedAccount.accountOf(gathered.secrets().values());
      return resource.getStatus() == null || opened.isEmpty()
          ? gathered
          : gathered.with(
              Cluster.object(
                  resource.getMetadata(),
                  resource.getSpec(),
                  Statuses.inAccount(resource.getStatus(), opened.get())));
    }
  };
}
