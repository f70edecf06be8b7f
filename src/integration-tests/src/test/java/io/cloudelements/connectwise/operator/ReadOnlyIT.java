package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code Observe} and {@code Plan} only read, and at the exact price of reading. */
@RealOperator
class ReadOnlyIT {
  private static final Map<String, String> ENTRIES = Map.of("helpdesk.connectwise.company", "x");

  /** Another team's instance is used here, and stays theirs. */
  @Test
  void observesAnInstanceWithoutChangingIt(Tenant tenant) {
    // Given
    Instance theirs = madeByHand(tenant, "theirs");
    tenant.appliesCredentials();
    // When
    tenant.applies(
        Tenant.helpDesk("acme", "managementPolicy: Observe", "adoptInstanceId: " + theirs.id()));
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(theirs.id()));
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(theirs.token());
    assertThat(tenant.account().routes()).containsExactly(Route.GET_INSTANCE);
    assertThat(tenant.find("acme").orElseThrow().getMetadata().getFinalizers()).isEmpty();
    tenant.person().deletes("cwi", "acme");
    tenant.awaitsGone("acme");
    assertThat(tenant.account().instance()).isEqualTo(theirs);
    assertThat(tenant.account().routes()).containsExactly(Route.GET_INSTANCE);
  }

  /** After a rebuild of the cluster one looks before one touches. */
  @Test
  void findsAnObservedInstanceByItsTag(Tenant tenant) {
    // Given
    Instance ours = madeByHand(tenant, tenant.account().ownershipTag("acme"));
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme", "managementPolicy: Observe"));
    // Then
    tenant.awaits("acme", acme -> acme.isReady().hasInstance(ours.id()));
    assertThat(tenant.account().routes()).containsExactly(Route.GET_INSTANCES, Route.GET_INSTANCE);
  }

  /** Nothing to observe is a person's matter; nothing is made for it. */
  @Test
  void reportsThatNothingIsThereToObserve(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme", "managementPolicy: Observe"));
    // Then
    tenant.awaits(
        "acme",
        acme -> acme.isStalled("NotFound").says("spec.adoptInstanceId", "managementPolicy"));
    assertThat(tenant.account().routes()).containsExactly(Route.GET_INSTANCES);
    assertThat(tenant.secret("acme-token")).isEmpty();
  }

  /** A reviewer reads what will be done, and then exactly that is done. */
  @Test
  void showsAPlannedCreationThenMakesIt(Tenant tenant) {
    // Given
    tenant.appliesCredentials();
    // When
    tenant.applies(Tenant.helpDesk("acme", "managementPolicy: Plan", "name: Acme"));
    // Then
    tenant.awaits("acme", acme -> acme.condition("Synced").isTrue().hasReason("Planned"));
    assertThat(plan(tenant))
        .containsExactly(
            "POST /instances element=connectwisehd name=Acme tags=[connectwise-operator, "
                + tenant.account().ownershipTag("acme")
                + "] configuration=[helpdesk.connectwise.company, helpdesk.connectwise.password,"
                + " helpdesk.connectwise.server.url, helpdesk.connectwise.username]",
            "create Secret acme-token keys=[element-key, hub, instance-id, provider, token, type,"
                + " uri]");
    assertThat(tenant.account().routes()).containsExactly(Route.GET_INSTANCES);
    assertThat(tenant.secret("acme-token")).isEmpty();
    assertThat(tenant.writes()).allMatch(write -> write.contains("/status "));
    tenant.changes("acme", "{\"managementPolicy\":\"Manage\"}");
    tenant.awaitsReady("acme");
    assertThat(tenant.find("acme").orElseThrow().getStatus().plan()).isNull();
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  /** A change to what exists is reviewed in the same way, and the instance stays usable. */
  @Test
  void showsAPlannedChangeWithoutMakingIt(Tenant tenant) {
    // Given
    tenant.provisions("acme", "name: Acme");
    String id = Long.toString(tenant.account().instance().id());
    // When
    tenant.changes("acme", "{\"managementPolicy\":\"Plan\",\"name\":\"Acme again\"}");
    // Then
    tenant.awaits(
        "acme",
        acme -> {
          acme.condition("Synced").isTrue().hasReason("Planned");
          acme.condition("Ready").isTrue();
        });
    assertThat(plan(tenant)).containsExactly("PATCH /instances/" + id + " name=Acme again");
    assertThat(tenant.account().instance().name()).isEqualTo("Acme");
    assertThat(tenant.account().mutations()).containsExactly(Route.POST_INSTANCES);
  }

  private static List<String> plan(Tenant tenant) {
    return tenant.find("acme").orElseThrow().getStatus().plan();
  }

  private static Instance madeByHand(Tenant tenant, String tag) {
    return tenant.account().makesByHand("connectwisehd", "By hand", Set.of(tag), ENTRIES);
  }
}
