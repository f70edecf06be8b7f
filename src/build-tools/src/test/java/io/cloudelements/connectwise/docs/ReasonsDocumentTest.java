package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.crd.GeneratedFile;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.why.ExplainedReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonsDocumentTest {
  /** The page says the same as the program. */
  @Test
  void committedPageEqualsTheGeneratedOne() {
    // Given
    GeneratedFile file = new GeneratedFile(ReasonsDocument.FILE, DocsGenerator.COMMAND);
    // When
    String current = ReasonsDocument.render();
    // Then
    file.assertIs(current);
  }

  /** Each example has the reason that it stands for. */
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

  /** The same of account objects, whose conditions all carry the reason. */
  @ParameterizedTest
  @EnumSource(AccountReason.class)
  void exampleOfAnAccountShowsItsReason(AccountReason reason) {
    // Given // When
    CloudElementsAccountStatus status = AccountReasonExamples.status(reason);
    // Then
    assertThat(status.conditions())
        .isNotEmpty()
        .allSatisfy(condition -> {
          assertThat(condition.getReason()).isEqualTo(reason.label());
          assertThat(condition.getMessage()).matches(".+[.]( [(]request id \\w+[)])?");
        });
  }

  /** Three whole sentences, since on-call staff read them. */
  @Test
  void everyReasonHasThreeSentences() {
    // Given // When
    List<ExplainedReason> all = ExplainedReason.all();
    // Then
    assertThat(all)
        .allSatisfy(reason ->
            assertThat(
                    new String[] {
                      reason.text().meaning(), reason.text().next(), reason.text().remedy()
                    })
                .as(reason.label())
                .allMatch(sentence -> sentence.matches("\\S.{4,}[.]"))
                .doesNotHaveDuplicates());
  }
}
