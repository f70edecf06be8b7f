package io.cloudelements.connectwise.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstablishedDefinitionTest {
  /** As the API server shows it one after the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | false",
        "status: {} | false",
        "status: {conditions: [{type: NamesAccepted, status: 'True'}]} | false",
        "status: {conditions: [{type: Established, status: 'False'}]} | false",
        "status: {conditions: [{type: Established, status: 'True'}]} | true"
      },
      quoteCharacter = '"')
  void isEstablishedByItsCondition(String yaml, boolean established) {
    // Given
    CustomResourceDefinition definition =
        Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    // When // Then
    assertThat(Definition.isEstablished(definition)).isEqualTo(established);
  }
}
