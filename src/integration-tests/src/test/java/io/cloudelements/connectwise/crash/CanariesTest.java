package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A search that finds nothing proves nothing until it has found something. */
class CanariesTest {
  private static final Canaries CANARIES = new Canaries("007");

  static List<String> spellings() {
    return CANARIES.spellings();
  }

  /** A secret is found in each encoding. */
  @ParameterizedTest
  @MethodSource("spellings")
  void findsEverySpelling(String spelling) {
    assertThat(Canaries.leaks("fine\nkey=" + spelling + ";\nfine", List.of())).hasSize(1);
  }

  /** A token is not ours to shape. */
  @Test
  void findsAToken() {
    // Given
    String token = "q+1/sWk7Y4Oq0h2h1c4oF6iYd7w0mQ0C9dXbq3b9u2Y=";
    String header =
        Base64.getEncoder().encodeToString(("Element " + token).getBytes(StandardCharsets.UTF_8));
    // When
    List<String> leaks = Canaries.leaks("a " + token + "\nb " + header + "\nc", List.of(token));
    // Then
    assertThat(leaks).hasSize(2);
  }

  /** The usual words of a log are no secrets. */
  @Test
  void findsNothingElse() {
    assertThat(Canaries.leaks("POST /instances: ServiceFailed, status 500", List.of("abc/def=")))
        .isEmpty();
  }
}
