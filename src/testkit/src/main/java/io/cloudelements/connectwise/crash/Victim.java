package io.cloudelements.connectwise.crash;

import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import java.util.function.Function;

/**
 * A resource for which one call goes wrong once.
 *
 * @param stage which call
 * @param canaries its secrets
 * @param fault what goes wrong, given what may be echoed
 */
record Victim(String name, LifeStage stage, Canaries canaries, Function<Canaries, Fault> fault) {

  /** A key of the generated Secret that holds everything which opens the account. */
  static final String TEMPLATE_KEY = "config.json";

  /** The calls of a resource's life, each to fail for a resource of its own. */
  enum LifeStage {
    SEARCH(Route.GET_INSTANCES, ""),
    CREATE(Route.POST_INSTANCES, ""),
    READ(
        Route.GET_INSTANCE,
        """
        {"metadata": {"annotations": {"cloudelements.io/reconcile-requested-at": "now"}}}\
        """),
    REPLACE(
        Route.PUT_INSTANCE,
        """
        {"spec": {"configuration": {"event.poller.refresh_interval": "9"}}}\
        """),
    PATCH(
        Route.PATCH_INSTANCE,
        """
        {"spec": {"name": "renamed"}}\
        """),
    DELETE(Route.DELETE_INSTANCE, "");

    private final Route route;

    /** What makes a resource that is ready make the call; empty where it does anyway. */
    private final String change;

    LifeStage(Route route, String change) {
      this.route = route;
      this.change = change;
    }

    Route route() {
      return route;
    }

    String change() {
      return change;
    }

    boolean needsInstance() {
      return this != SEARCH && this != CREATE;
    }
  }

  /** The tag of its instance. */
  String tag(String namespace) {
    return OwnershipTag.of("test", new ResourceId(namespace, name)).value();
  }

  /** Its Secret and the resource. */
  String manifest() {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %1$s}
    stringData:
      userSecret: '%2$s'
      organizationSecret: '%3$s'
      username: api1
      password: '%4$s'
      serverUrl: https://connectwise.example.com
      company: acme
      event.notification.signature.key: '%5$s'
    ---
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %1$s}
    spec:
      hub: helpdesk
      credentialsSecretRef: {name: %1$s}
      tokenSecret:
        template:
          %6$s: '{"user": "$(userSecret)", "header": "$(authorization)"}'
    """
        .formatted(
            name,
            canaries.user(),
            canaries.organization(),
            canaries.password().replace("'", "''"),
            canaries.signatureKey(),
            TEMPLATE_KEY);
  }
}
