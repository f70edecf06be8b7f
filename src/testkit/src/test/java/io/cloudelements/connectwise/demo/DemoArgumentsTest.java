package io.cloudelements.connectwise.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoArgumentsTest {

  @Test
  void staysUpInAClusterOfItsOwnByDefault() {
    assertThat(DemoArguments.parse(List.of()))
        .contains(new DemoArguments(false, false, Optional.empty()));
  }

  @Test
  void optionsMayComeInAnyOrder() {
    DemoArguments expected = new DemoArguments(true, true, Optional.of("kind-dev"));
    assertThat(DemoArguments.parse(List.of("--yes", "--context", "kind-dev", "--once")))
        .contains(expected);
    assertThat(DemoArguments.parse(List.of("--once", "--yes", "--context", "kind-dev")))
        .contains(expected);
  }

  /** A forgotten name must not become a demo in a cluster of its own. */
  @Test
  void refusesUnknownAndIncompleteArguments() {
    assertThat(DemoArguments.parse(List.of("--context"))).isEmpty();
    assertThat(DemoArguments.parse(List.of("--contest", "kind-dev"))).isEmpty();
  }
}
