package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.Delete;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Gross breaks of the protocol, to see that each oracle can fail at all. */
enum Sabotage implements Variant {
  /** Once ready, the status is not written any more. */
  STATUS_IS_NOT_UPDATED {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new ForwardingCluster(port) {
        @Override
        public String writeStatus(ResourceRef resource, ConnectWiseInstanceStatus status) {
          return world.cluster().status().filter(Statuses::ready).isPresent()
              ? resource.version()
              : inner.writeStatus(resource, status);
        }
      };
    }
  },

  /** Now and then a drift check writes what is there already. */
  EVERY_FIFTH_CHECK_WRITES {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      AtomicInteger reads = new AtomicInteger();
      return ForwardingInstances.afterAnswers(
          port,
          (access, call, answer) -> {
            if (call instanceof Read(long id) && reads.incrementAndGet() % 5 == 0) {
              port.patch(access, id, ((RemoteInstance) answer).name(), Optional.empty());
            }
            return answer;
          });
    }
  },

  /** A deletion does not wait for a creation whose outcome is open. */
  DELETION_WITHOUT_WAITING {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      ConnectWiseInstance resource = gathered.resource();
      boolean deleting = resource.getMetadata().getDeletionTimestamp() != null;
      return deleting && resource.getStatus() != null
          ? with(gathered, resource, Statuses.withoutIntent(resource.getStatus()), false)
          : gathered;
    }
  },

  DELETES_NOTHING {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return new ForwardingInstances(
          port,
          (access, call) ->
              call instanceof Delete ? new InstanceCall.Done() : port.call(access, call));
    }
  },

  /** An event shows the token. */
  TOKEN_IN_EVENT {
    @Override
    public ClusterWrites cluster(ClusterWrites port, World world) {
      return new ForwardingCluster(port) {
        private String token = "";

        @Override
        public void createSecret(Secret wanted) {
          inner.createSecret(wanted);
          token =
              new String(
                  Base64.getDecoder().decode(wanted.getData().get("token")),
                  StandardCharsets.UTF_8);
        }

        @Override
        public void publish(ResourceRef resource, EventRecord event) {
          inner.publish(
              resource, new EventRecord(event.warning(), event.reason(), "The token is " + token));
        }
      };
    }
  },

  SUSPENSION_IGNORED {
    @Override
    public ReconcileInput input(ReconcileInput gathered) {
      return with(gathered, gathered.resource(), gathered.resource().getStatus(), true);
    }
  },

  /** Repeats a call until it succeeds. */
  ENDLESS_SEARCH {
    @Override
    public InstancesApi instances(InstancesApi port, World world) {
      return ForwardingInstances.afterAnswers(
          port,
          (access, call, first) -> {
            Object answer = first;
            while (answer instanceof TagMatches found && found.instances().isEmpty()) {
              answer = port.call(access, call);
            }
            return answer;
          });
    }
  };

  private static ReconcileInput with(
      ReconcileInput gathered,
      ConnectWiseInstance resource,
      ConnectWiseInstanceStatus status,
      boolean resumed) {
    SpecDraft spec = SpecDraft.of(resource.getSpec());
    if (resumed) {
      spec.suspend = null;
    }
    return gathered.with(Cluster.object(resource.getMetadata(), spec.finish(), status));
  }
}
