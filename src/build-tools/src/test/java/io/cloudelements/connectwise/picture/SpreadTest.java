package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
  /** Names on top of each other could not be read. */
  @Test
  void placesLabelsApartAndWithinTheLimit() {
    // Given
    double[] wished = {100, 20, 100, 99};
    // When
    double[] places = Spread.of(wished, 12, 104);
    // Then
    assertThat(places).containsExactly(92, 20, 104, 80);
  }
}
