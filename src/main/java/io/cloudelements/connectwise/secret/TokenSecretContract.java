package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Redacted;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the generated Secret looks like, and when a Secret is ours. Applications rely on its keys.
 */
public final class TokenSecretContract {
  private static final String TOKEN = "token";

  public static final String TYPE = "servicebinding.io/connectwise";
  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY = "connectwise-operator";

  private TokenSecretContract() {}

  public static String nameFor(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getSpec().tokenSecret())
        .map(TokenSecret::name)
        .orElseGet(() -> resource.getMetadata().getName() + "-token");
  }

  public static Secret build(
      ConnectWiseInstance resource, RemoteInstance instance, Element element, Account account) {
    return build(resource, instance.id(), instance.token(), element, account);
  }

  public static Secret build(
      ConnectWiseInstance resource,
      long instanceId,
      Redacted token,
      Element element,
      Account account) {
    Map<String, String> data = new TreeMap<>();
    data.put("type", encoded("connectwise"));
    data.put("provider", encoded("cloud-elements"));
    data.put(TOKEN, encoded(token.reveal()));
    data.put("instance-id", encoded(Long.toString(instanceId)));
    data.put("element-key", encoded(element.key()));
    data.put("hub", encoded(element.hub().key()));
    data.put("uri", encoded(account.baseUrl().toString()));
    Optional<TokenSecret> wish = Optional.ofNullable(resource.getSpec().tokenSecret());
    Map<String, String> labels = new TreeMap<>(wish.map(TokenSecret::labels).orElseGet(Map::of));
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    return new SecretBuilder()
        .withNewMetadata()
        .withName(nameFor(resource))
        .withNamespace(resource.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(wish.map(TokenSecret::annotations).orElse(null))
        .withOwnerReferences(owner(resource))
        .endMetadata()
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /**
   * Ours is what carries our label and is controlled by this very resource, not a namesake of it.
   */
  public static boolean isOurs(Secret secret, String resourceUid) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    return labels != null
        && MANAGED_BY.equals(labels.get(MANAGED_BY_LABEL))
        && secret.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner ->
                Boolean.TRUE.equals(owner.getController()) && resourceUid.equals(owner.getUid()));
  }

  /** The token that a Secret of ours holds; empty when somebody took it away or garbled it. */
  public static Optional<Redacted> token(Secret secret) {
    return SecretContent.of(secret).value(TOKEN).map(Redacted::of);
  }

  /**
   * Whether the Secret says what it should; labels and annotations that others added are theirs.
   */
  public static boolean isAsWanted(Secret existing, Secret wanted) {
    return Objects.equals(existing.getData(), wanted.getData())
        && contains(existing.getMetadata().getLabels(), wanted.getMetadata().getLabels())
        && contains(existing.getMetadata().getAnnotations(), wanted.getMetadata().getAnnotations());
  }

  /** The existing Secret with our content; its version guards the write. */
  public static Secret repaired(Secret existing, Secret wanted) {
    Map<String, String> labels =
        merged(existing.getMetadata().getLabels(), wanted.getMetadata().getLabels());
    Map<String, String> annotations =
        merged(existing.getMetadata().getAnnotations(), wanted.getMetadata().getAnnotations());
    return new SecretBuilder(existing)
        .editMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
        .withManagedFields()
        .endMetadata()
        .withData(wanted.getData())
        .build();
  }

  private static Map<String, String> merged(Map<String, String> have, Map<String, String> want) {
    Map<String, String> all = new TreeMap<>(have == null ? Map.of() : have);
    all.putAll(want == null ? Map.of() : want);
    return all;
  }

  private static boolean contains(Map<String, String> have, Map<String, String> want) {
    return want == null
        || want.entrySet().stream()
            .allMatch(entry -> have != null && entry.getValue().equals(have.get(entry.getKey())));
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
