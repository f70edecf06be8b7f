package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.status.StatusReader;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An action of a user, in the cluster or at the service. */
record ScheduledAction(String text, Consumer<World> act) {
  static final String CREDENTIALS = "acme-connectwise";

  static ScheduledAction create(String text, Consumer<SpecDraft> spec) {
    return new ScheduledAction(
        "create the resource" + (text.isEmpty() ? "" : ", " + text),
        world -> {
          SpecDraft draft = new SpecDraft();
          spec.accept(draft);
          world.cluster().create(draft);
        });
  }

  static ScheduledAction create() {
    return create("", _ -> {});
  }

  static ScheduledAction adopting() {
    return create("adopting", d -> d.adoptInstanceId = ScheduledService.FIRST_HAND_MADE);
  }

  static ScheduledAction edit(String text, Consumer<SpecDraft> change) {
    return new ScheduledAction(
        text,
        world -> {
          if (world.cluster().resource().isPresent()) {
            world.cluster().edit(change);
          }
        });
  }

  static ScheduledAction delete() {
    return new ScheduledAction("delete the resource", world -> world.cluster().delete());
  }

  static ScheduledAction markCrdForDeletion() {
    return new ScheduledAction(
        "mark the CRD for deletion", world -> world.cluster().markCrdForDeletion());
  }

  static ScheduledAction confirmCrdDeletion() {
    return new ScheduledAction(
        "confirm the CRD's deletion",
        world -> world.cluster().annotateCrd(CrdState.CONFIRM_DELETION, "true"));
  }

  static ScheduledAction replaceCrd() {
    return new ScheduledAction("apply the CRD again", world -> world.cluster().replaceCrd());
  }

  static ScheduledAction removeFinalizer() {
    return new ScheduledAction(
        "take the finalizer off", world -> world.cluster().removeFinalizer());
  }

  static ScheduledAction annotate(Confirmation confirmation, long instance) {
    return new ScheduledAction(
        "annotate " + confirmation.annotation() + "=" + instance,
        world -> world.cluster().annotate(confirmation.annotation(), Long.toString(instance)));
  }

  /** Confirms the loss that the status tells of, as its message says. */
  static ScheduledAction confirmRecreation() {
    return new ScheduledAction(
        "annotate " + Confirmation.RECREATE.annotation() + " with the id of the lost instance",
        world -> {
          long lost =
              world
                  .cluster()
                  .status()
                  .map(ConnectWiseInstanceStatus::instanceId)
                  .orElse(ScheduledService.FIRST_HAND_MADE);
          world.cluster().annotate(Confirmation.RECREATE.annotation(), Long.toString(lost));
        });
  }

  static ScheduledAction credentials() {
    return credentials(ScheduledService.PASSWORD);
  }

  static ScheduledAction credentials(String password) {
    return new ScheduledAction(
        "write the credentials Secret",
        world -> world.cluster().putSecret(CREDENTIALS, soap(ScheduledService.USER, password)));
  }

  static ScheduledAction credentialsOfOtherAccount() {
    return new ScheduledAction(
        "switch the credentials Secret to another account",
        world ->
            world
                .cluster()
                .putSecret(
                    CREDENTIALS, soap(ScheduledService.OTHER_USER, ScheduledService.PASSWORD)));
  }

  static ScheduledAction resetUserSecret() {
    return new ScheduledAction(
        "reset the user's secret at the service", world -> world.service().resetUserSecret());
  }

  /**
   * Confirms that an instance may be made in that account, as the message says; without a record
   * there is nothing to confirm.
   */
  static ScheduledAction confirmAccount(String user, String organization) {
    String fingerprint = OpenedAccount.fingerprint(user, organization);
    return new ScheduledAction(
        "confirm to begin anew in account " + fingerprint,
        world ->
            Confirmation.toBeginAnew(
                    StatusReader.recorded(world.cluster().status(), 0), fingerprint)
                .ifPresent(
                    value -> world.cluster().annotate(Confirmation.RECREATE.annotation(), value)));
  }

  static ScheduledAction credentialsAfterReset() {
    return new ScheduledAction(
        "write the user's new secret after a reset",
        world ->
            world
                .cluster()
                .putSecret(
                    CREDENTIALS, soap(ScheduledService.RESET_USER, ScheduledService.PASSWORD)));
  }

  static ScheduledAction credentialsElsewhere(String name) {
    return new ScheduledAction(
        "write the credentials Secret " + name,
        world ->
            world
                .cluster()
                .putSecret(name, soap(ScheduledService.USER, ScheduledService.PASSWORD)));
  }

  static ScheduledAction restCredentials() {
    return new ScheduledAction(
        "write the credentials Secret",
        world ->
            world
                .cluster()
                .putSecret(
                    CREDENTIALS,
                    encoded(
                        Map.of(
                            "userSecret",
                            ScheduledService.USER,
                            "organizationSecret",
                            ScheduledService.ORGANIZATION,
                            "serverUrl",
                            "https://api-na.example.com",
                            "company",
                            "acme",
                            "publicKey",
                            "public-key",
                            "privateKey",
                            ScheduledService.PASSWORD,
                            "clientId",
                            "client-id"))));
  }

  static ScheduledAction deleteSecret(String name) {
    return new ScheduledAction(
        "delete Secret " + name, world -> world.cluster().deleteSecret(name));
  }

  static ScheduledAction ownedElsewhere() {
    return new ScheduledAction(
        "make an instance of another cluster",
        world ->
            world
                .service()
                .createByHand(
                    "Other desk",
                    Set.of(ScheduledService.foreignTag("third-cluster", Cluster.NAME))));
  }

  static ScheduledAction createdByHand() {
    return new ScheduledAction(
        "make an instance by hand",
        world -> world.service().createByHand("Old desk", Set.of("old")));
  }

  /** A user who may write the status names another instance in it. */
  static ScheduledAction nameInStatus(long instance) {
    return new ScheduledAction(
        "name instance " + instance + " in the status",
        world -> world.cluster().editStatus(status -> Statuses.naming(status, instance)));
  }

  /** A user of the service changes the tags of this resource's instance. */
  static ScheduledAction retag(String... tags) {
    return new ScheduledAction(
        "replace the instance's tags by " + List.of(tags),
        world ->
            world
                .service()
                .ours()
                .forEach(instance ->
                    world
                        .service()
                        .platform()
                        .outsideWorld()
                        .setTags(instance.id(), Set.of(tags))));
  }

  /** From now on no answer by id shows tags, only the search does. */
  static ScheduledAction hideTags() {
    return new ScheduledAction(
        "answers by id show no tags",
        world ->
            world
                .service()
                .platform()
                .behave(behaviour -> behaviour.with(b -> b.tagsInAnswers = TagFormat.ABSENT)));
  }

  static ScheduledAction deleteInstance() {
    return new ScheduledAction(
        "delete the instance at the service",
        world ->
            world
                .service()
                .ours()
                .forEach(instance ->
                    world.service().platform().outsideWorld().deleteExternally(instance.id())));
  }

  static ScheduledAction disableInstance() {
    return new ScheduledAction(
        "disable the instance at the service",
        world ->
            world
                .service()
                .ours()
                .forEach(
                    instance -> world.service().platform().outsideWorld().disable(instance.id())));
  }

  private static Map<String, String> soap(String user, String password) {
    return encoded(
        Map.of(
            "userSecret",
            user,
            "organizationSecret",
            user.equals(ScheduledService.OTHER_USER)
                ? ScheduledService.OTHER_ORGANIZATION
                : ScheduledService.ORGANIZATION,
            "username",
            ScheduledService.USERNAME,
            "password",
            password,
            "serverUrl",
            "https://acme.example.com",
            "company",
            "acme"));
  }

  static Map<String, String> encoded(Map<String, String> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((key, value) ->
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
