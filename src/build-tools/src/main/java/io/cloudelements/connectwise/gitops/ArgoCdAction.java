package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.Reason;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a person may do to a resource in Argo CD, and its effect. The scripts are beside the health
 * check; their tests compare them with this.
 */
enum ArgoCdAction {
  RECONCILE("reconcile") {
    @Override
    void change(ObjectNode resource) {
      annotate(resource, Annotations.RECONCILE_REQUESTED_AT, SOME_TIME);
    }
  },
  SUSPEND("suspend") {
    @Override
    void change(ObjectNode resource) {
      spec(resource).put("suspend", true);
    }
  },
  RESUME("resume") {
    @Override
    void change(ObjectNode resource) {
      spec(resource).put("suspend", false);
    }
  },
  CONFIRM_RECREATE("confirm-recreate") {
    @Override
    void change(ObjectNode resource) {
      annotate(resource, Confirmation.RECREATE.annotation(), instance(resource));
    }
  },
  CONFIRM_DELETION("confirm-deletion") {
    @Override
    void change(ObjectNode resource) {
      annotate(resource, Confirmation.DELETE.annotation(), instance(resource));
    }
  },
  TAKE_OVER("take-over") {
    @Override
    void change(ObjectNode resource) {
      annotate(resource, Confirmation.TAKE_OVER.annotation(), instance(resource));
    }
  };

  /** Stands in for the time of an action, as in Argo CD's own tests. */
  static final String SOME_TIME = "0001-01-01T00:00:00Z";

  private final String label;

  ArgoCdAction(String label) {
    this.label = label;
  }

  abstract void change(ObjectNode resource);

  /** Its name in Argo CD, and the folder of its script. */
  String label() {
    return label;
  }

  /** The resource after it. */
  ObjectNode applied(ObjectNode resource) {
    ObjectNode changed = resource.deepCopy();
    change(changed);
    return changed;
  }

  /**
   * What fits a resource whose last reconcile ended so. A changed account is confirmed by its
   * fingerprint, which only the message has, and scripts of Argo CD cannot take texts apart.
   */
  static Set<ArgoCdAction> fitting(Reason reason) {
    return switch (reason) {
      case SUSPENDED -> EnumSet.of(RESUME);
      case RECREATION_HELD, RECREATION_DELAYED, NOT_FOUND ->
          EnumSet.of(RECONCILE, SUSPEND, CONFIRM_RECREATE);
      case DELETION_HELD -> EnumSet.of(RECONCILE, SUSPEND, CONFIRM_DELETION);
      case OWNED_BY_ANOTHER, OWNERSHIP_NOT_SHOWN -> EnumSet.of(RECONCILE, SUSPEND, TAKE_OVER);
      default -> EnumSet.of(RECONCILE, SUSPEND);
    };
  }

  private static ObjectNode spec(ObjectNode resource) {
    return (ObjectNode) resource.get("spec");
  }

  private static void annotate(ObjectNode resource, String annotation, String value) {
    ((ObjectNode) resource.get("metadata"))
        .withObjectProperty("annotations")
        .put(annotation, value);
  }

  private static String instance(ObjectNode resource) {
    return resource.at("/status/instanceId").isIntegralNumber()
        ? resource.at("/status/instanceId").asText()
        : resource.at("/spec/adoptInstanceId").asText();
  }
}
