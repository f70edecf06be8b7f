package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.AdmissionView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the operator's pods is believed. */
class ForwardedOperatorTest {
  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");

  private final SequencedMap<String, Optional<String>> pods = new LinkedHashMap<>();
  private Page leader;
  private Page standby;

  @BeforeEach
  void open() throws IOException {
    leader = Page.of("/metrics", 200, "connectwise_leader 1.0\n");
    standby = Page.of("/metrics", 200, "connectwise_leader 0.0\n");
  }

  @AfterEach
  void close() {
    leader.close();
    standby.close();
  }

  private ForwardedOperator operator() {
    return new ForwardedOperator(new InstalledPods(pods));
  }

  private AdmissionView admission() {
    return operator().admission(RESOURCE, Optional.empty());
  }

  /**
   * A pod of a node that is gone is listed for minutes, and a new one is there before it serves.
   */
  @Test
  void aPodThatDoesNotAnswerDoesNotHideTheLeader() {
    // Given
    pods.put("lost", Optional.empty());
    pods.put("leads", Optional.of(leader.url()));
    // When
    String metrics = operator().metrics();
    // Then
    assertThat(metrics).isEqualTo("connectwise_leader 1.0\n");
    assertThat(admission()).isInstanceOf(AdmissionView.Unused.class);
  }

  @Test
  void saysOfEachPodWhyItDoesNotAnswer() {
    // Given
    pods.put("lost", Optional.empty());
    pods.put("starts", Optional.empty());
    // When // Then
    assertThatThrownBy(operator()::metrics)
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "Pod lost: The container of lost is being made."
                + " Pod starts: The container of starts is being made.");
  }

  /** The silent one may lead. */
  @Test
  void aReplicaThatDoesNotLeadDoesNotHideTheSilentOne() {
    // Given
    pods.put("waits", Optional.of(standby.url()));
    pods.put("lost", Optional.empty());
    // When
    AdmissionView view = admission();
    // Then
    assertThat(view)
        .isEqualTo(
            new AdmissionView.Unreachable(
                "No replica that answers leads."
                    + " Pod lost: The container of lost is being made."));
    assertThat(operator().metrics()).isEqualTo("connectwise_leader 0.0\n");
  }

  @Test
  void saysThatThereIsNoPod() {
    // When
    AdmissionView view = admission();
    // Then
    assertThat(view)
        .isEqualTo(
            new AdmissionView.Unreachable(
                "Namespace connectwise-operator has no pod with the label"
                    + " app.kubernetes.io/name=connectwise-operator."));
  }
}
