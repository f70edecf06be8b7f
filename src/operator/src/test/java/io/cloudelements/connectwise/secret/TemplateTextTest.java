package io.cloudelements.connectwise.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are expanded as Kubernetes expands the args of a container. */
class TemplateTextTest {
  private static final Map<TemplatePlaceholder, String> VALUES =
      Map.of(
          TemplatePlaceholder.TOKEN, "T",
          TemplatePlaceholder.NAME, "$(token)",
          TemplatePlaceholder.HUB, "",
          TemplatePlaceholder.URI, "a$1\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // one reference, several, none
        "$(token)|T",
        "a-$(token)-$(token)|a-T-T",
        "x$(hub)y|xy",
        "plain (token)|plain (token)",
        "(token)$|(token)$",
        // an escape is a literal $, wherever it stands
        "$$(token)|$(token)",
        "$$$(token)|$T",
        "$$$$(token)|$$(token)",
        "$$$$$(token)|$$T",
        "cost: 5$$|cost: 5$",
        "$$HOME|$HOME",
        // any other $ is itself
        "$HOME ${token} $ (token) $?|$HOME ${token} $ (token) $?",
        "\\$(token)|\\T",
        // what a value holds is not looked at again
        "$(name)|$(token)",
        "$(uri)$(token)|a$1\\T",
        // what names nothing stays
        "$(Token)$(token)|$(Token)T",
        "$()|$()",
        "$( token)|$( token)",
        "$(a$$b)|$(a$$b)",
        "$(token$(token))|$(token$(token))",
        "$(token)$(token|T$(token",
        "$(a $$|$(a $",
        "$($($(|$($($(",
        // without a value, as a secret that the account does not give
        "$(userSecret)|$(userSecret)"
      })
  void expandsAsKubernetesDoes(String text, String expected) {
    // Given
    TemplateText template = new TemplateText(text);
    // When
    String expanded =
        template.expanded(each -> Optional.ofNullable(VALUES.get(each)), 4_096).orElseThrow();
    // Then
    assertThat(expanded).isEqualTo(expected);
  }

  /** A user chooses how long a value is, and how often it is named. */
  @Test
  void stopsWhereTheTextIsTooLong() {
    // Given
    AtomicInteger expanded = new AtomicInteger();
    Function<TemplatePlaceholder, Optional<String>> values =
        _ -> {
          expanded.incrementAndGet();
          return Optional.of("x".repeat(1_000));
        };
    TemplateText text = new TemplateText("$(token)".repeat(500));
    // When
    Optional<String> whole = text.expanded(values, 10_000);
    // Then
    assertThat(whole).isEmpty();
    assertThat(expanded).hasValue(11);
  }

  @ParameterizedTest
  @CsvSource({"ab$(name)c, 11, true", "ab$(name)c, 10, false", "abc, 3, true", "abc, 2, false"})
  void mayHaveExactlyTheLimit(String text, int most, boolean fits) {
    // When
    Optional<String> expanded =
        new TemplateText(text).expanded(each -> Optional.ofNullable(VALUES.get(each)), most);
    // Then
    assertThat(expanded.isPresent()).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "$(token),false",
    "$$(nothing),false",
    "$$$(nothing),true",
    "$HOME ${x} $,false",
    "$(nothing),true",
    "$(),true",
    "$(token,true",
    "$(token$(token)),true",
    "$(token)$(,true"
  })
  void tellsAReferenceThatHasNoValue(String text, boolean unknown) {
    // Given
    TemplateText template = new TemplateText(text);
    // When
    boolean found = template.hasUnknownReference();
    // Then
    assertThat(found).isEqualTo(unknown);
  }

  @Test
  void tellsWhatItNames() {
    // Given
    TemplateText template = new TemplateText("$$(token) $(authorization) $(hub) $(nothing)");
    // When
    var named = template.placeholders();
    // Then
    assertThat(named)
        .containsExactlyInAnyOrder(TemplatePlaceholder.AUTHORIZATION, TemplatePlaceholder.HUB);
  }

  /** The schema's pattern and this reading of a text are two: they must never disagree. */
  @Test
  void readsATextAsTheSchemaDoes() {
    // Given
    String[] parts = {"$", "$$", "(", ")", "$(token)", "$(uri)", "$(x)", "a", "\n", "é", "$("};
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(random.nextInt(8), 0, parts.length)
              .mapToObj(part -> parts[part])
              .collect(Collectors.joining());
      // When
      boolean unknown = new TemplateText(text).hasUnknownReference();
      // Then
      assertThat(unknown).as(text).isEqualTo(!text.matches(TemplateText.PATTERN));
    }
  }

  /** The longest text there may be, where a recursive matcher would overflow its stack. */
  @Test
  void readsTheLongestText() {
    // Given
    TemplateText template = new TemplateText("$$".repeat(2044) + "$(token)");
    // When
    String expanded =
        template.expanded(each -> Optional.ofNullable(VALUES.get(each)), 4_096).orElseThrow();
    // Then
    assertThat(expanded).isEqualTo("$".repeat(2044) + "T");
    assertThat(template.hasUnknownReference()).isFalse();
  }
}
