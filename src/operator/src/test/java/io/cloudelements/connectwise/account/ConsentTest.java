package io.cloudelements.connectwise.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.Consent.Given;
import io.cloudelements.connectwise.account.Consent.Limited;
import io.cloudelements.connectwise.account.Consent.Withheld;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use an account, and for what. */
class ConsentTest {
  private static final Optional<String> FINGERPRINT = Optional.of("0123456789ab");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spec.suspend says nothing of it            | suspend: false                                                                                     | false
          unset means its own namespace              | baseUrl: https://api.example.com                                                                   | false
          Same                                       | allowedNamespaces: {from: Same}                                                                    | false
          Same, with names that do not count         | allowedNamespaces: {from: Same, names: [team-a]}                                                   | false
          Names                                      | allowedNamespaces: {from: Names, names: [team-b, team-a]}                                          | true
          Names of others                            | allowedNamespaces: {from: Names, names: [team-b]}                                                  | false
          Names that begin alike                     | allowedNamespaces: {from: Names, names: [team]}                                                    | false
          no Names at all                            | allowedNamespaces: {from: Names, names: []}                                                        | false
          Names left out                             | allowedNamespaces: {from: Names}                                                                   | false
          All                                        | allowedNamespaces: {from: All}                                                                     | true
          a word of another version                  | allowedNamespaces: {from: Everyone}                                                                | false
          labels                                     | allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: acme}}}                          | true
          other labels                               | allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: other}}}                         | false
          one label of two                           | allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: acme, tier: gold}}}              | false
          an empty selector                          | allowedNamespaces: {from: Selector, selector: {}}                                                  | false
          a selector left out                        | allowedNamespaces: {from: Selector}                                                                | false
          In                                         | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: crm, operator: In, values: [acme, b]}]}} | true
          NotIn                                      | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: crm, operator: NotIn, values: [acme]}]}} | false
          NotIn without the label                    | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: x, operator: NotIn, values: [acme]}]}}   | true
          Exists                                     | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: crm, operator: Exists}]}}  | true
          DoesNotExist                               | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: crm, operator: DoesNotExist}]}} | false
          an operator of another version             | allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: crm, operator: Gt, values: ['1']}]}} | false
          """)
  void allowsTheNamespacesThatItsOwnerNames(String why, String spec, boolean allowed) {
    // When
    Consent consent = consent(use("team-a"), spec);
    // Then
    assertThat(consent).as(why).isInstanceOf(allowed ? Given.class : Withheld.class);
  }

  @Test
  void aSelectorAllowsNoneWhereNamespacesCannotBeRead() {
    // When
    Consent consent =
        Consent.to(
            use("team-a"),
            AccountTerms.of(
                Accounts.account(
                    "allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: acme}}}")),
            FINGERPRINT,
            _ -> Optional.empty());
    // Then
    assertThat(consent).isInstanceOf(Withheld.class);
  }

  @Test
  void itsOwnNamespaceMayEverything() {
    // When
    Consent consent =
        consent(
            new Consent.ConsentRequest(
                "platform",
                Optional.of("connectwisecrm"),
                Optional.of("taking over"),
                false,
                Optional.empty()),
            "permit: {elements: [connectwisehd], adoption: Forbidden}");
    // Then
    assertThat(consent).isInstanceOf(Given.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permit: {}                         | false
          permit: {adoption: Forbidden}      | false
          permit: {adoption: Perhaps}        | false
          permit: {adoption: Allowed}        | true
          """)
  void othersTakeInstancesOnlyWhereThatIsAllowed(String permit, boolean allowed) {
    // When
    Consent consent =
        consent(
            new Consent.ConsentRequest(
                "team-a",
                Optional.of("connectwisehd"),
                Optional.of("taking over instance 7"),
                false,
                Optional.empty()),
            "allowedNamespaces: {from: All}",
            permit);
    // Then
    assertThat(consent).isEqualTo(allowed ? new Given() : new Limited("taking over instance 7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permit: {}                                          | true
          permit: {elements: []}                              | true
          permit: {elements: [connectwisehd, connectwisecrm]} | true
          permit: {elements: [connectwisecrm]}                | false
          """)
  void othersHaveTheElementsThatAreListed(String permit, boolean allowed) {
    // When
    Consent consent = consent(use("team-a"), "allowedNamespaces: {from: All}", permit);
    // Then
    assertThat(consent).isEqualTo(allowed ? new Given() : new Limited("the element connectwisehd"));
  }

  @ParameterizedTest
  @CsvSource({
    "it recorded this account, true, 0123456789ab, true",
    "it recorded another account, true, ba9876543210, false",
    "it recorded none, true, '', false",
    "it is not being deleted, false, 0123456789ab, false"
  })
  void aDeletionStillWorksWhereTheAccountWasUsedBefore(
      String why, boolean deletion, String recorded, boolean allowed) {
    // When
    Consent consent =
        consent(
            new Consent.ConsentRequest(
                "team-a",
                Optional.empty(),
                Optional.empty(),
                deletion,
                Optional.of(recorded).filter(text -> !text.isEmpty())),
            "allowedNamespaces: {from: Same}");
    // Then
    assertThat(consent).as(why).isInstanceOf(allowed ? Given.class : Withheld.class);
  }

  /** Nothing recorded is not the same as nothing verified. */
  @Test
  void aDeletionInAnAccountThatWasNeverVerifiedHasNoConsent() {
    // When
    Consent consent =
        Consent.to(
            new Consent.ConsentRequest(
                "team-a", Optional.empty(), Optional.empty(), true, Optional.empty()),
            AccountTerms.of(Accounts.account()),
            Optional.empty(),
            ConsentTest::labels);
    // Then
    assertThat(consent).isInstanceOf(Withheld.class);
  }

  private static Consent consent(Consent.ConsentRequest request, String... spec) {
    return Consent.to(
        request, AccountTerms.of(Accounts.account(spec)), FINGERPRINT, ConsentTest::labels);
  }

  private static Consent.ConsentRequest use(String namespace) {
    return new Consent.ConsentRequest(
        namespace, Optional.of("connectwisehd"), Optional.empty(), false, Optional.empty());
  }

  private static Optional<Map<String, String>> labels(String namespace) {
    return Optional.of(Map.of("crm", "acme", "kubernetes.io/metadata.name", namespace));
  }
}
