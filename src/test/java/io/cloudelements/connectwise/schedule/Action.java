package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.simulator.platform.Behaviour.TagShape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Something that a user, or somebody at the service, does. */
record Action(String text, Consumer<World> act) {
  static final String CREDENTIALS = "acme-connectwise";

  static Action create(String text, Consumer<SpecDraft> spec) {
    return new Action(
        "create the resource" + (text.isEmpty() ? "" : ", " + text),
        world -> {
          SpecDraft draft = new SpecDraft();
          spec.accept(draft);
          world.cluster().create(draft);
        });
  }

  static Action create() {
    return create("", _ -> {});
  }

  static Action edit(String text, Consumer<SpecDraft> change) {
    return new Action(
        text,
        world -> {
          if (world.cluster().resource().isPresent()) {
            world.cluster().edit(change);
          }
        });
  }

  static Action delete() {
    return new Action("delete the resource", world -> world.cluster().delete());
  }

  static Action markCrdForDeletion() {
    return new Action("mark the CRD for deletion", world -> world.cluster().markCrdForDeletion());
  }

  static Action confirmCrdDeletion() {
    return new Action(
        "confirm the CRD's deletion",
        world -> world.cluster().annotateCrd(CrdState.CONFIRM_DELETION, "true"));
  }

  static Action replaceCrd() {
    return new Action("apply the CRD again", world -> world.cluster().replaceCrd());
  }

  static Action removeFinalizer() {
    return new Action("take the finalizer off", world -> world.cluster().removeFinalizer());
  }

  static Action annotate(Confirmation confirmation, long instance) {
    return new Action(
        "annotate " + confirmation.annotation() + "=" + instance,
        world -> world.cluster().annotate(confirmation.annotation(), Long.toString(instance)));
  }

  /** Confirms the loss that the status tells of, as its message says. */
  static Action confirmRecreation() {
    return new Action(
        "annotate " + Confirmation.RECREATE.annotation() + " with the id of the lost instance",
        world -> {
          long lost =
              world
                  .cluster()
                  .status()
                  .map(ConnectWiseInstanceStatus::instanceId)
                  .orElse(Service.FIRST_HAND_MADE);
          world.cluster().annotate(Confirmation.RECREATE.annotation(), Long.toString(lost));
        });
  }

  static Action credentials(String password) {
    return new Action(
        "write the credentials Secret",
        world -> world.cluster().putSecret(CREDENTIALS, soap(Service.USER, password)));
  }

  static Action credentialsOfOtherAccount() {
    return new Action(
        "switch the credentials Secret to another account",
        world ->
            world.cluster().putSecret(CREDENTIALS, soap(Service.OTHER_USER, Service.PASSWORD)));
  }

  static Action credentialsAfterReset() {
    return new Action(
        "write the user's new secret after a reset",
        world ->
            world.cluster().putSecret(CREDENTIALS, soap(Service.RESET_USER, Service.PASSWORD)));
  }

  static Action credentialsElsewhere(String name) {
    return new Action(
        "write the credentials Secret " + name,
        world -> world.cluster().putSecret(name, soap(Service.USER, Service.PASSWORD)));
  }

  static Action restCredentials() {
    return new Action(
        "write the credentials Secret",
        world ->
            world
                .cluster()
                .putSecret(
                    CREDENTIALS,
                    encoded(
                        Map.of(
                            "userSecret",
                            Service.USER,
                            "organizationSecret",
                            Service.ORGANIZATION,
                            "serverUrl",
                            "https://api-na.example.com",
                            "company",
                            "acme",
                            "publicKey",
                            "public-key",
                            "privateKey",
                            Service.PASSWORD,
                            "clientId",
                            "client-id"))));
  }

  static Action deleteSecret(String name) {
    return new Action("delete Secret " + name, world -> world.cluster().deleteSecret(name));
  }

  static Action spoilTokenSecret() {
    return new Action(
        "edit the token Secret",
        world -> {
          ConnectWiseInstance resource = world.cluster().resource().orElseThrow();
          String name = TokenSecretContract.nameFor(resource);
          world.cluster().putSecret(name, encoded(Map.of("token", "something else")));
        });
  }

  static Action ownedElsewhere() {
    return new Action(
        "make an instance of another cluster",
        world ->
            world
                .service()
                .createByHand(
                    "Other desk", Set.of(Service.foreignTag("third-cluster", Cluster.NAME))));
  }

  static Action handMade() {
    return new Action(
        "make an instance by hand",
        world -> world.service().createByHand("Old desk", Set.of("old")));
  }

  /** Somebody who may write the status names another instance in it. */
  static Action nameInStatus(long instance) {
    return new Action(
        "name instance " + instance + " in the status",
        world -> world.cluster().editStatus(status -> Statuses.naming(status, instance)));
  }

  /** Somebody changes the tags of this resource's instance. */
  static Action retag(String... tags) {
    return new Action(
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
  static Action hideTags() {
    return new Action(
        "answers by id show no tags",
        world ->
            world
                .service()
                .platform()
                .behave(behaviour -> behaviour.with(b -> b.tagsInAnswers = TagShape.ABSENT)));
  }

  static Action deleteInstance() {
    return new Action(
        "delete the instance at the service",
        world ->
            world
                .service()
                .ours()
                .forEach(instance ->
                    world.service().platform().outsideWorld().deleteBehindBack(instance.id())));
  }

  private static Map<String, String> soap(String user, String password) {
    return encoded(
        Map.of(
            "userSecret",
            user,
            "organizationSecret",
            user.equals(Service.OTHER_USER) ? Service.OTHER_ORGANIZATION : Service.ORGANIZATION,
            "username",
            Service.USERNAME,
            "password",
            password,
            "serverUrl",
            "https://acme.example.com",
            "company",
            "acme"));
  }

  private static Map<String, String> encoded(Map<String, String> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((key, value) ->
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
