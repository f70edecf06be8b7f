package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the generated Secret looks like, and when a Secret is ours. Applications rely on its keys.
 */
public final class TokenSecretContract {
  /** Names of the spec's labels and annotations that the Secret has, and that may go with them. */
  static final String APPLIED_LABELS = "cloudelements.io/applied-labels";

  static final String APPLIED_ANNOTATIONS = "cloudelements.io/applied-annotations";

  /** Of all values together. A Secret may have 1 MiB; each reconcile holds this one twice. */
  public static final int MAX_KIB = 256;

  /** Of keys and encoded data; without a template only token and base URL have no fixed length. */
  private static final int MOST_CHARACTERS = 64 * 1024;

  private static final int MOST_CHARACTERS_WITH_TEMPLATE = MAX_KIB * 1024 * 3 / 2;

  public static final String TYPE = "servicebinding.io/connectwise";
  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY = "connectwise-operator";

  private TokenSecretContract() {}

  /**
   * The Secret as it is to be; empty when its values would be larger than {@link #MAX_KIB}.
   *
   * @param resource its owner
   */
  public static Optional<Secret> build(
      ConnectWiseInstance resource, TokenSecretTemplate template, TokenSecretValues values) {
    return values
        .data(template.texts(), MAX_KIB * 1024L)
        .map(plain -> build(resource, template, plain));
  }

  private static Secret build(
      ConnectWiseInstance resource, TokenSecretTemplate template, Map<String, String> plain) {
    Map<String, String> data = new TreeMap<>();
    plain.forEach((key, value) -> data.put(key, encoded(value)));
    Map<String, String> labels = new TreeMap<>(template.labels());
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    return new SecretBuilder()
        .withNewMetadata()
        .withName(template.name())
        .withNamespace(resource.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(annotations(template))
        .withOwnerReferences(owner(resource))
        .endMetadata()
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /** The spec's annotations, and which labels and annotations are the spec's. */
  private static Map<String, String> annotations(TokenSecretTemplate template) {
    Map<String, String> asked = template.annotations();
    Map<String, String> annotations = new TreeMap<>(asked);
    Set<String> labels = template.labels().keySet();
    if (!labels.isEmpty()) {
      annotations.put(APPLIED_LABELS, String.join(",", new TreeSet<>(labels)));
    }
    if (!asked.isEmpty()) {
      annotations.put(APPLIED_ANNOTATIONS, String.join(",", new TreeSet<>(asked.keySet())));
    }
    return annotations;
  }

  /** Whether this very resource controls the Secret, and not another one of the same name. */
  public static boolean isOwned(Secret secret, String resourceUid) {
    return controller(secret).filter(owner -> resourceUid.equals(owner.getUid())).isPresent();
  }

  /**
   * Whether the Secret is this resource's: it controls it, or it has no controller and holds the
   * token of this resource's instance, as after a restore.
   *
   * @param instanceId the resource's instance, as far as it is known
   */
  public static boolean isOurs(Secret secret, String resourceUid, Optional<Long> instanceId) {
    return isOwned(secret, resourceUid)
        || (mayBeOurs(secret) && instanceId.isPresent() && instanceId(secret).equals(instanceId));
  }

  /**
   * Whether it has no controller and has the form of a generated one: its instance id shows the
   * owner.
   */
  public static boolean mayBeOurs(Secret secret) {
    return controller(secret).isEmpty() && TYPE.equals(secret.getType()) && isLabelled(secret);
  }

  /** Whether this operator made it, for any resource. */
  public static boolean isGenerated(Secret secret) {
    return TYPE.equals(secret.getType()) || isLabelled(secret);
  }

  /**
   * Whether a former resource of the same name controls it. Names are unique, so that one is gone,
   * and the garbage collector removes its Secret.
   */
  public static boolean isOfFormerResource(Secret secret, ConnectWiseInstance resource) {
    return isGenerated(secret)
        && controller(secret)
            .filter(owner -> resource.getKind().equals(owner.getKind()))
            .filter(owner -> resource.getMetadata().getName().equals(owner.getName()))
            .filter(owner -> !resource.getMetadata().getUid().equals(owner.getUid()))
            .isPresent();
  }

  private static Optional<OwnerReference> controller(Secret secret) {
    return secret.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  private static boolean isLabelled(Secret secret) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    return labels != null && MANAGED_BY.equals(labels.get(MANAGED_BY_LABEL));
  }

  /** The instance whose token a Secret says it holds. */
  public static Optional<Long> instanceId(Secret secret) {
    return SecretContent.of(secret)
        .value(TokenSecretValues.INSTANCE_ID)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf);
  }

  /**
   * The Secret, without its data when that is more than this resource's generated Secret ever has:
   * a user who may write Secrets can give each a mebibyte, and many reconciles hold them at a time.
   *
   * @param template of the resource that the Secret is read for
   */
  public static Secret bounded(Secret secret, TokenSecretTemplate template) {
    boolean templated =
        !template.texts().isEmpty() && template.name().equals(secret.getMetadata().getName());
    long characters =
        data(secret).entrySet().stream()
            .mapToLong(entry -> (long) entry.getKey().length() + entry.getValue().length())
            .sum();
    return characters <= (templated ? MOST_CHARACTERS_WITH_TEMPLATE : MOST_CHARACTERS)
        ? secret
        : new SecretBuilder(secret).withData(Map.of()).build();
  }

  private static Map<String, String> data(Secret secret) {
    return present(secret.getData());
  }

  /** The token that a Secret of ours holds; empty when it was removed or changed. */
  public static Optional<SecretValue> token(Secret secret) {
    return SecretContent.of(secret).value(TokenSecretValues.TOKEN).map(SecretValue::of);
  }

  /**
   * Whether the Secret says what it should; labels and annotations that others added are theirs.
   */
  public static boolean isAsWanted(Secret existing, Secret wanted) {
    return hasContentOf(existing, wanted)
        && Objects.equals(existing.getType(), wanted.getType())
        && isOwned(existing, uidOf(wanted))
        && labels(existing, wanted).equals(present(existing.getMetadata().getLabels()))
        && annotations(existing, wanted).equals(present(existing.getMetadata().getAnnotations()));
  }

  /** Whether applications find what they should. */
  public static boolean hasContentOf(Secret existing, Secret wanted) {
    return Objects.equals(existing.getData(), wanted.getData());
  }

  /** The same for the keys that every generated Secret has. */
  public static boolean hasOwnKeysOf(Secret existing, Secret wanted) {
    return TokenSecretValues.KEYS.stream()
        .allMatch(key -> Objects.equals(data(existing).get(key), data(wanted).get(key)));
  }

  /** Whether it has to be deleted and created, since what differs is immutable. */
  public static boolean isToBeReplaced(Secret existing, Secret wanted) {
    return !Objects.equals(existing.getType(), wanted.getType())
        || (Boolean.TRUE.equals(existing.getImmutable()) && !hasContentOf(existing, wanted));
  }

  /** The existing Secret with our content; its version guards the write. */
  public static Secret repaired(Secret existing, Secret wanted) {
    List<OwnerReference> owners = new ArrayList<>(existing.getMetadata().getOwnerReferences());
    owners.removeIf(owner -> uidOf(wanted).equals(owner.getUid()));
    owners.addAll(wanted.getMetadata().getOwnerReferences());
    return new SecretBuilder(existing)
        .editMetadata()
        .withLabels(labels(existing, wanted))
        .withAnnotations(annotations(existing, wanted))
        .withOwnerReferences(owners)
        .withManagedFields()
        .endMetadata()
        .withData(wanted.getData())
        .build();
  }

  /** The existing Secret, with this resource as its controller; its version guards the write. */
  public static Secret ownedBy(ConnectWiseInstance resource, Secret existing) {
    return new SecretBuilder(existing)
        .editMetadata()
        .addToOwnerReferences(owner(resource))
        .withManagedFields()
        .endMetadata()
        .build();
  }

  private static String uidOf(Secret wanted) {
    return wanted.getMetadata().getOwnerReferences().getFirst().getUid();
  }

  private static Map<String, String> labels(Secret existing, Secret wanted) {
    return merged(
        existing.getMetadata().getLabels(),
        applied(existing, APPLIED_LABELS),
        wanted.getMetadata().getLabels());
  }

  private static Map<String, String> annotations(Secret existing, Secret wanted) {
    Set<String> ours = new TreeSet<>(applied(existing, APPLIED_ANNOTATIONS));
    ours.add(APPLIED_LABELS);
    ours.add(APPLIED_ANNOTATIONS);
    return merged(
        existing.getMetadata().getAnnotations(), ours, wanted.getMetadata().getAnnotations());
  }

  private static Set<String> applied(Secret existing, String annotation) {
    return Optional.ofNullable(existing.getMetadata().getAnnotations())
        .map(all -> all.get(annotation))
        .<Set<String>>map(names -> new TreeSet<>(List.of(names.split(",", -1))))
        .orElse(Set.of());
  }

  /** Foreign entries and the wanted ones; those of an earlier spec are removed. */
  private static Map<String, String> merged(
      @Nullable Map<String, String> have, Set<String> ours, @Nullable Map<String, String> want) {
    Map<String, String> all = new TreeMap<>(present(have));
    all.keySet().removeAll(ours);
    all.putAll(present(want));
    return all;
  }

  private static Map<String, String> present(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static OwnerReference owner(ConnectWiseInstance resource) {
    return new OwnerReferenceBuilder()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withName(resource.getMetadata().getName())
        .withUid(resource.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
