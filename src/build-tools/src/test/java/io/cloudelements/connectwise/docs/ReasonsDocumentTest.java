package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.crd.GeneratedFile;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.why.ReasonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonsDocumentTest {
  /** A page that says something else than the program is worse than none. */
  @Test
  void committedPageEqualsTheGeneratedOne() {
    // Given
    GeneratedFile file = new GeneratedFile(ReasonsDocument.FILE, DocsGenerator.COMMAND);
    // When
    String current = ReasonsDocument.render();
    // Then
    file.assertIs(current);
  }

  /** An example of another reason would lead astray exactly who needs it. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void exampleShowsItsReason(Reason reason) {
    // Given // When
    ConnectWiseInstanceStatus status = ReasonExamples.status(reason);
    // Then
    assertThat(status.conditions())
        .filteredOn(condition -> condition.getType().equals("Synced"))
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.getReason()).isEqualTo(reason.label());
          assertThat(condition.getMessage()).matches(".+[.]( [(]request id \\w+[)])?");
        });
  }

  /** Three whole sentences, since they are read at three in the morning. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasThreeSentences(Reason reason) {
    // Given // When
    ReasonText text = ReasonText.of(reason);
    // Then
    assertThat(new String[] {text.meaning(), text.next(), text.remedy()})
        .allMatch(sentence -> sentence.matches("\\S.{4,}[.]"))
        .doesNotHaveDuplicates();
  }
}
