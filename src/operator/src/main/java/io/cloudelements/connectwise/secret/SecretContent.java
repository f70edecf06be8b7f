package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A Secret whose values are decoded when they are read: what nothing reads costs nothing. A value
 * that is certainly a mistake is reported, not guessed at.
 */
public final class SecretContent {
  /** What a key holds. */
  sealed interface ValueReading {
    /**
     * Nothing, or nothing but white space.
     *
     * @param how how the key is there all the same; empty when it is not
     */
    record Absent(String how) implements ValueReading {}

    /**
     * @param problem what is wrong with the value and how to mend it; never the value
     */
    record Unusable(String problem) implements ValueReading {}

    record Readable(SecretValue value) implements ValueReading {}
  }

  /** By which a Secret's owner lets {@code spec.configuration} name addresses. */
  public static final String ADDRESS_FROM_SPEC = "cloudelements.io/address-from-spec";

  private final String name;
  private final Map<String, String> data;
  private final boolean addressFromSpec;

  private SecretContent(String name, Map<String, String> data, boolean addressFromSpec) {
    this.name = name;
    this.data = data;
    this.addressFromSpec = addressFromSpec;
  }

  public static SecretContent of(Secret secret) {
    Map<String, String> data = secret.getData();
    Map<String, String> labels = secret.getMetadata().getLabels();
    return new SecretContent(
        secret.getMetadata().getName(),
        data == null ? Map.of() : Collections.unmodifiableMap(data),
        labels != null && "true".equals(labels.get(ADDRESS_FROM_SPEC)));
  }

  public String name() {
    return name;
  }

  /** Whether {@code spec.configuration} may say where these credentials go. */
  boolean allowsAddressFromSpec() {
    return addressFromSpec;
  }

  Set<String> keys() {
    return data.keySet();
  }

  /** Bytes of the value, known before it is decoded; 0 when the key is absent. */
  int size(String key) {
    return data.getOrDefault(key, "").length() / 4 * 3;
  }

  /** The value of a configuration entry. */
  ValueReading read(String key) {
    return read(key, ValueProblem::ofEntry);
  }

  /** The value of {@code userSecret} or {@code organizationSecret}, which becomes a header. */
  ValueReading readAccountSecret(String key) {
    return read(key, ValueProblem::ofAccountSecret);
  }

  /** The value, unless it is absent, blank or no text. */
  Optional<String> value(String key) {
    return read(key, _ -> Optional.empty()) instanceof ValueReading.Readable(SecretValue value)
        ? Optional.of(value.reveal())
        : Optional.empty();
  }

  private ValueReading read(String key, Function<String, Optional<String>> check) {
    String encoded = data.get(key);
    if (encoded == null) {
      return new ValueReading.Absent("");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        return new ValueReading.Absent(text.isEmpty() ? ", which is empty" : ", which is blank");
      }
      return check
          .apply(text)
          .<ValueReading>map(ValueReading.Unusable::new)
          .orElseGet(() -> new ValueReading.Readable(SecretValue.of(text)));
    } catch (IllegalArgumentException e) {
      return new ValueReading.Unusable("is not base64; use stringData, or encode it once");
    } catch (CharacterCodingException e) {
      return new ValueReading.Unusable(
          "is not UTF-8 text; was it encoded twice, or is it a binary file?");
    }
  }
}
