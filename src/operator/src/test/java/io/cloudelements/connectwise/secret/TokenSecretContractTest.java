package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretContractTest {
  private static final Account ACCOUNT =
      new Account(
          URI.create("https://api.example.com/elements/api-v2"),
          SecretValue.of("user"),
          SecretValue.of("organization"));

  @Test
  void holdsExactlyTheDocumentedKeys() {
    // Given
    ConnectWiseInstance resource = resource(null);
    // When
    Secret secret = build(resource, "t+/=");
    // Then
    Map<String, String> plain = new TreeMap<>();
    secret
        .getData()
        .forEach((key, value) ->
            plain.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    assertThat(plain)
        .isEqualTo(
            Map.of(
                "type", "connectwise",
                "provider", "cloud-elements",
                "token", "t+/=",
                "instance-id", "1234",
                "element-key", "connectwisehd",
                "hub", "helpdesk",
                "uri", "https://api.example.com/elements/api-v2"));
    assertThat(secret.getType()).isEqualTo("servicebinding.io/connectwise");
    assertThat(secret.getMetadata().getName()).isEqualTo("acme-token");
    assertThat(secret.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getController()).isTrue());
  }

  @Test
  void keepsUserLabelsButNotUnderItsOwnKeys() {
    // Given
    ConnectWiseInstance resource =
        resource(
            new TokenSecret(
                "bound",
                Map.of("team", "a", "app.kubernetes.io/managed-by", "me"),
                Map.of(),
                null));
    // When
    Secret secret = build(resource, "t");
    // Then
    assertThat(secret.getMetadata().getName()).isEqualTo("bound");
    assertThat(secret.getMetadata().getLabels())
        .containsEntry("team", "a")
        .containsEntry("app.kubernetes.io/managed-by", "connectwise-operator");
  }

  @Test
  void aSecretOfAnotherUidIsNotOwned() {
    // Given
    Secret secret = build(resource(null), "t");
    // When
    boolean ours = TokenSecretContract.isOurs(secret, "another-uid", Optional.of(1234L));
    // Then
    assertThat(ours).as("same name, same label, but of a resource that was deleted").isFalse();
    assertThat(TokenSecretContract.isOurs(secret, "uid-1", Optional.empty())).isTrue();
  }

  /**
   * Tools overwrite labels; the owner reference with {@code controller} decides whose Secret it is.
   */
  @Test
  void repairsAnOverwrittenManagedByLabel() {
    // Given
    Secret wanted = build(resource(null), "t");
    Secret relabelled =
        metadata(wanted, Map.of(TokenSecretContract.MANAGED_BY_LABEL, "Helm"), Map.of());
    // When
    Secret repaired = TokenSecretContract.repaired(relabelled, wanted);
    // Then
    assertThat(TokenSecretContract.isOurs(relabelled, "uid-1", Optional.empty())).isTrue();
    assertThat(TokenSecretContract.isAsWanted(relabelled, wanted)).isFalse();
    assertThat(TokenSecretContract.isAsWanted(repaired, wanted)).isTrue();
  }

  /** A restore, or a deletion that kept the Secret, leaves it without its owner. */
  @Test
  void ownsASecretWithoutOwnerByItsInstanceId() {
    // Given
    Secret wanted = build(resource(null), "t");
    Secret restored = ownerless(wanted).build();
    Secret ofAnotherType = ownerless(wanted).withType("Opaque").build();
    Secret unlabelled = metadata(restored, Map.of(), Map.of());
    // When
    boolean ours = TokenSecretContract.isOurs(restored, "uid-1", Optional.of(1234L));
    // Then
    assertThat(ours).isTrue();
    assertThat(TokenSecretContract.isOurs(restored, "uid-1", Optional.of(5L))).isFalse();
    assertThat(TokenSecretContract.isOurs(restored, "uid-1", Optional.empty())).isFalse();
    assertThat(TokenSecretContract.isOurs(ofAnotherType, "uid-1", Optional.of(1234L))).isFalse();
    assertThat(TokenSecretContract.isOurs(unlabelled, "uid-1", Optional.of(1234L))).isFalse();
    assertThat(
            TokenSecretContract.isAsWanted(TokenSecretContract.repaired(restored, wanted), wanted))
        .as("its owner is written")
        .isTrue();
  }

  /** Metadata that the spec no longer asks for is removed; foreign metadata stays. */
  @Test
  void removesLabelsAndAnnotationsDroppedFromTheSpec() {
    // Given
    Secret before =
        build(
            resource(new TokenSecret("bound", Map.of("team", "a"), Map.of("note", "n"), null)),
            "t");
    Secret existing =
        new SecretBuilder(before)
            .editMetadata()
            .addToLabels("theirs", "l")
            .addToAnnotations("theirs", "a")
            .endMetadata()
            .build();
    Secret wanted = build(resource(new TokenSecret("bound", null, null, null)), "t");
    // When
    Secret repaired = TokenSecretContract.repaired(existing, wanted);
    // Then
    assertThat(TokenSecretContract.isAsWanted(existing, wanted)).isFalse();
    assertThat(TokenSecretContract.isAsWanted(repaired, wanted)).isTrue();
    assertThat(repaired.getMetadata().getLabels())
        .containsOnlyKeys("theirs", TokenSecretContract.MANAGED_BY_LABEL);
    assertThat(repaired.getMetadata().getAnnotations()).containsOnlyKeys("theirs");
  }

  /** Others may write our annotation, and a reconcile must not fail for it. */
  @ParameterizedTest
  @ValueSource(strings = {"team,team", ",", ""})
  void repairsAnnotationsWrittenByOthers(String names) {
    // Given
    Secret wanted = build(resource(new TokenSecret("bound", null, null, null)), "t");
    Secret existing =
        new SecretBuilder(wanted)
            .editMetadata()
            .addToAnnotations(TokenSecretContract.APPLIED_LABELS, names)
            .endMetadata()
            .build();
    // When
    Secret repaired = TokenSecretContract.repaired(existing, wanted);
    // Then
    assertThat(TokenSecretContract.isAsWanted(repaired, wanted)).isTrue();
  }

  /** Reconciles hold what they have read; a tenant's Secret of a mebibyte may have any name. */
  @Test
  void keepsATooLargeSecretWithoutItsData() {
    // Given
    Secret generated = build(resource(new TokenSecret("bound", null, null, null)), "t");
    Secret large = new SecretBuilder(generated).addToData("filler", "A".repeat(64 * 1024)).build();
    // When
    Secret held = TokenSecretContract.bounded(large, template(Map.of()));
    // Then
    assertThat(held.getData()).isEmpty();
    assertThat(TokenSecretContract.isOwned(held, "uid-1")).isTrue();
    assertThat(TokenSecretContract.isAsWanted(held, generated)).as("it is repaired").isFalse();
    assertThat(TokenSecretContract.bounded(generated, template(Map.of()))).isSameAs(generated);
  }

  /** The API server refuses every change of a type. */
  @Test
  void replacesASecretOfAnotherType() {
    // Given
    Secret wanted = build(resource(null), "t");
    Secret untyped = new SecretBuilder(wanted).withType("Opaque").build();
    // When
    boolean replaced = TokenSecretContract.isToBeReplaced(untyped, wanted);
    // Then
    assertThat(replaced).isTrue();
    assertThat(TokenSecretContract.isAsWanted(untyped, wanted)).isFalse();
    assertThat(TokenSecretContract.isToBeReplaced(wanted, wanted)).isFalse();
  }

  /** With a template the generated Secret itself may be larger, and no other one. */
  @Test
  void keepsTheDataOfALargeTemplate() {
    // Given
    TokenSecretTemplate template = template(Map.of("page", "x".repeat(4096)));
    Secret generated = build(resource(new TokenSecret("bound", null, null, null)), "t");
    Secret large = new SecretBuilder(generated).addToData("page", "A".repeat(300 * 1024)).build();
    Secret tooLarge =
        new SecretBuilder(generated).addToData("page", "A".repeat(600 * 1024)).build();
    Secret ofAnotherName =
        new SecretBuilder(large).editMetadata().withName("former").endMetadata().build();
    // When
    Secret held = TokenSecretContract.bounded(large, template);
    // Then
    assertThat(held).isSameAs(large);
    assertThat(TokenSecretContract.bounded(tooLarge, template).getData()).isEmpty();
    assertThat(TokenSecretContract.bounded(ofAnotherName, template).getData()).isEmpty();
  }

  /** The next reconcile must accept a written Secret as it is, or it is written for ever. */
  @Test
  void holdsEveryGeneratedSecretThatIsNotTooLarge() {
    // Given
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < 32; i++) {
      texts.put("k".repeat(251) + (i + 10), "x".repeat(8 * 1024 - 8));
    }
    TokenSecretTemplate template = template(texts);
    // When
    Secret secret = TokenSecretContract.build(resource(null), template, values("t")).orElseThrow();
    // Then
    assertThat(TokenSecretContract.bounded(secret, template)).isSameAs(secret);
    texts.put("one-more", "x".repeat(256));
    assertThat(TokenSecretContract.build(resource(null), template(texts), values("t"))).isEmpty();
  }

  @Test
  void aGeneratedSecretMayHaveExactlyTheLimit() {
    // Given
    Secret bare = build(resource(null), "t");
    int fixed =
        bare.getData().values().stream()
            .mapToInt(value -> Base64.getDecoder().decode(value).length)
            .sum();
    String most = "x".repeat(TokenSecretContract.MAX_KIB * 1024 - fixed - 2);
    // When
    Optional<Secret> secret =
        TokenSecretContract.build(
            resource(null), template(Map.of("a", most, "b", "\u00E9")), values("t"));
    // Then
    assertThat(secret).isPresent();
    assertThat(
            TokenSecretContract.build(
                resource(null), template(Map.of("a", most, "b", "\u00E9x")), values("t")))
        .isEmpty();
  }

  @Test
  void foreignLabelsAreNoDifferenceButEditedDataIs() {
    // Given
    Secret wanted = build(resource(null), "t");
    Secret labelled =
        new SecretBuilder(wanted).editMetadata().addToLabels("x", "y").endMetadata().build();
    Secret edited = new SecretBuilder(wanted).addToData("extra", "eA==").build();
    // When
    boolean same = TokenSecretContract.isAsWanted(labelled, wanted);
    // Then
    assertThat(same).isTrue();
    assertThat(TokenSecretContract.isAsWanted(edited, wanted)).isFalse();
  }

  @Test
  void aRepairKeepsForeignMetadataAndTheResourceVersion() {
    // Given
    Secret wanted = build(resource(null), "new");
    Secret existing =
        new SecretBuilder(build(resource(null), "old"))
            .editMetadata()
            .withResourceVersion("41")
            .addToLabels("x", "y")
            .endMetadata()
            .build();
    // When
    Secret repaired = TokenSecretContract.repaired(existing, wanted);
    // Then
    assertThat(repaired.getData()).isEqualTo(wanted.getData());
    assertThat(repaired.getMetadata().getResourceVersion()).isEqualTo("41");
    assertThat(repaired.getMetadata().getLabels()).containsEntry("x", "y");
  }

  /** The operator finds the Secret by its labels, and other tools by the user's annotations. */
  @Test
  void restoresMissingOrChangedLabelsAndAnnotations() {
    // Given
    Secret wanted =
        build(
            resource(new TokenSecret("bound", Map.of("team", "a"), Map.of("note", "n"), null)),
            "t");
    Secret bare = metadata(wanted, null, null);
    Secret changed = metadata(wanted, Map.of("team", "b"), Map.of("note", "other"));
    // When
    Secret repaired = TokenSecretContract.repaired(bare, wanted);
    // Then
    assertThat(TokenSecretContract.isAsWanted(bare, wanted)).isFalse();
    assertThat(TokenSecretContract.isAsWanted(changed, wanted)).isFalse();
    assertThat(TokenSecretContract.isAsWanted(repaired, wanted)).isTrue();
    assertThat(
            TokenSecretContract.isAsWanted(TokenSecretContract.repaired(changed, wanted), wanted))
        .isTrue();
    assertThat(repaired.getMetadata().getAnnotations()).containsEntry("note", "n");
  }

  /** The token that the Secret holds is redacted from answers; a Secret without one is no error. */
  @Test
  void readsTheTokenIfPresent() {
    // Given
    Secret secret = build(resource(null), "t+/=");
    // When
    var token = TokenSecretContract.token(secret);
    // Then
    assertThat(token).contains(SecretValue.of("t+/="));
    assertThat(TokenSecretContract.token(new SecretBuilder(secret).withData(Map.of()).build()))
        .isEmpty();
  }

  /** Names are unique, so that one of another uid is gone. */
  @Test
  void aSecretOfAFormerResourceIsKnownByKindNameAndUid() {
    // Given
    Secret secret = build(resource(null), "t");
    // When
    boolean former = TokenSecretContract.isOfFormerResource(owned(secret, "uid-0"), resource(null));
    // Then
    assertThat(former).isTrue();
    assertThat(TokenSecretContract.isOfFormerResource(secret, resource(null)))
        .as("of this very resource")
        .isFalse();
    assertThat(
            TokenSecretContract.isOfFormerResource(
                owner(owned(secret, "uid-0"), owner -> owner.setName("other")), resource(null)))
        .as("of another name")
        .isFalse();
    assertThat(
            TokenSecretContract.isOfFormerResource(
                owner(owned(secret, "uid-0"), owner -> owner.setKind("Deployment")),
                resource(null)))
        .as("of another kind")
        .isFalse();
  }

  /** An owner that does not control the Secret does not claim it. */
  @Test
  void anOwnerWithoutControlIsNoController() {
    // Given
    Secret secret = build(resource(null), "t");
    Secret uncontrolled =
        new SecretBuilder(secret)
            .editMetadata()
            .editFirstOwnerReference()
            .withController(false)
            .endOwnerReference()
            .endMetadata()
            .build();
    // When
    boolean owned = TokenSecretContract.isOwned(uncontrolled, "uid-1");
    // Then
    assertThat(owned).isFalse();
    assertThat(TokenSecretContract.mayBeOurs(uncontrolled)).isTrue();
  }

  /** Others write it; a number that fits no instance is none. */
  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "-1234", "1234 ", "9999999999999999999"})
  void anInstanceIdThatIsNoNumberProvesNothing(String id) {
    // Given
    Secret secret = ownerless(build(resource(null), "t")).build();
    String encoded = SecretEntries.encoded(id);
    Secret edited = new SecretBuilder(secret).addToData("instance-id", encoded).build();
    // When
    boolean ours = TokenSecretContract.isOurs(edited, "uid-1", Optional.of(1234L));
    // Then
    assertThat(ours).isFalse();
  }

  @Test
  void keepsTheDataOfASecretOfTheLargestSize() {
    // Given
    Secret largest =
        new SecretBuilder(build(resource(null), "t"))
            .withData(Map.of("key", "v".repeat(64 * 1024 - 3)))
            .build();
    // When
    Secret bounded = TokenSecretContract.bounded(largest, template(Map.of()));
    // Then
    assertThat(bounded).isEqualTo(largest);
    assertThat(
            TokenSecretContract.bounded(
                    new SecretBuilder(largest)
                        .withData(Map.of("key", "v".repeat(64 * 1024 - 2)))
                        .build(),
                    template(Map.of()))
                .getData())
        .isEmpty();
  }

  /** Other owners keep theirs, and ours is written once. */
  @Test
  void aRepairKeepsTheOtherOwners() {
    // Given
    Secret wanted = build(resource(null), "t");
    Secret shared =
        new SecretBuilder(wanted)
            .editMetadata()
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("ConfigMap")
            .withName("backup")
            .withUid("uid-9")
            .endOwnerReference()
            .endMetadata()
            .build();
    // When
    Secret repaired = TokenSecretContract.repaired(shared, wanted);
    // Then
    assertThat(repaired.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly("uid-9", "uid-1");
  }

  private static Secret owned(Secret secret, String uid) {
    return owner(secret, owner -> owner.setUid(uid));
  }

  private static Secret owner(Secret secret, Consumer<OwnerReference> difference) {
    OwnerReference owner =
        new OwnerReferenceBuilder(secret.getMetadata().getOwnerReferences().getFirst()).build();
    difference.accept(owner);
    return new SecretBuilder(secret)
        .editMetadata()
        .withOwnerReferences(owner)
        .endMetadata()
        .build();
  }

  private static SecretBuilder ownerless(Secret secret) {
    return new SecretBuilder(secret).editMetadata().withOwnerReferences().endMetadata();
  }

  private static Secret metadata(
      Secret secret, Map<String, String> labels, Map<String, String> annotations) {
    return new SecretBuilder(secret)
        .editMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  private static Secret build(ConnectWiseInstance resource, String token) {
    return TokenSecretContract.build(
            resource, SpecDefaults.of(resource).tokenSecret(), values(token))
        .orElseThrow();
  }

  private static TokenSecretValues values(String token) {
    return new TokenSecretValues(
        1234,
        SecretValue.of(token),
        Element.CONNECTWISE_HD,
        "Acme",
        ACCOUNT.baseUrl(),
        Optional.of(ApplicationSecrets.of(ACCOUNT)));
  }

  private static TokenSecretTemplate template(Map<String, String> texts) {
    return new TokenSecretTemplate("bound", Map.of(), Map.of(), texts);
  }

  private static ConnectWiseInstance resource(TokenSecret tokenSecret) {
    ConnectWiseInstance resource = new ConnectWiseInstance();
    resource.setMetadata(
        new ObjectMetaBuilder().withNamespace("ns").withName("acme").withUid("uid-1").build());
    resource.setSpec(Resources.spec("creds", null, tokenSecret, null));
    return resource;
  }
}
