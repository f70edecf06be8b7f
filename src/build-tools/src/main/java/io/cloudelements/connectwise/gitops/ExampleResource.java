package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.docs.ExampleInputs;
import io.cloudelements.connectwise.docs.ReasonExamples;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A resource as a tool reads it, with the status that the operator's own code composed. */
final class ExampleResource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Reason> AT_DELETION =
      EnumSet.of(
          Reason.DELETING,
          Reason.DELETION_BLOCKED,
          Reason.DELETION_HELD,
          Reason.CRD_IS_BEING_DELETED,
          Reason.CLUSTER_WRITE_REFUSED_AT_DELETION,
          Reason.DELETED,
          Reason.RETAINED);

  /** The line of the spec without which the operator would not report the reason. */
  private static final Map<Reason, String> SPEC =
      Map.of(
          Reason.SUSPENDED, "suspend: true",
          Reason.PLANNED, "managementPolicy: Plan",
          Reason.DISABLED_AS_ASKED, "enabled: false",
          Reason.NOT_FOUND, "adoptInstanceId: 1234",
          Reason.WRONG_ELEMENT, "adoptInstanceId: 1234",
          Reason.OWNED_BY_ANOTHER, "adoptInstanceId: 1234",
          Reason.OWNERSHIP_NOT_SHOWN, "adoptInstanceId: 1234",
          Reason.RETAINED, "deletionPolicy: Retain");

  private ExampleResource() {}

  static ObjectNode of(Reason reason) {
    ConnectWiseInstance resource = ExampleInputs.resource(SPEC.getOrDefault(reason, ""));
    resource.getMetadata().setFinalizers(List.of(ClusterWrites.FINALIZER));
    if (AT_DELETION.contains(reason)) {
      resource.getMetadata().setDeletionTimestamp("2026-11-24T09:59:00Z");
    }
    resource.setStatus(ReasonExamples.status(reason));
    return json(resource);
  }

  /** A resource that the operator has not seen. */
  static ObjectNode fresh() {
    return json(ExampleInputs.resource(""));
  }

  /** The same with a change of its spec that the operator has not seen. */
  static ObjectNode changed(ObjectNode resource) {
    ObjectNode changed = resource.deepCopy();
    ObjectNode metadata = (ObjectNode) changed.get("metadata");
    metadata.put("generation", metadata.get("generation").longValue() + 1);
    return changed;
  }

  /** Without the id that an API server gives, which says nothing here. */
  static ObjectNode json(ConnectWiseInstance resource) {
    ObjectNode json = JSON.valueToTree(resource);
    ((ObjectNode) json.get("metadata")).remove("uid");
    return json;
  }
}
