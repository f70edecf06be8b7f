package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.TemplatePlaceholder;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.secret.TokenSecretTemplate;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether {@code spec.tokenSecret.template} can be written as it is. It is asked before anything is
 * made at the service, since its Secret could not be delivered.
 */
final class TemplateCheck {
  /** As long as tokens are (contract §2): the instance's own may not be known yet. */
  private static final SecretValue SOME_TOKEN = SecretValue.of("x".repeat(64));

  private TemplateCheck() {}

  /** What to say where it cannot. */
  static Optional<Outcome> refused(ReconcileInput input, DesiredInstance desired) {
    TokenSecretTemplate template = input.spec().tokenSecret();
    if (template.texts().isEmpty() || input.deleting()) {
      return Optional.empty();
    }
    return withoutSecrets(template, input.applicationSecrets(desired))
        .or(() ->
            input.tokenSecret(desired, Long.MAX_VALUE, SOME_TOKEN).isPresent()
                ? Optional.empty()
                : Optional.of(tooLarge(template)));
  }

  /**
   * @param application what an application may have of the account
   */
  static Optional<Outcome> withoutSecrets(
      TokenSecretTemplate template, Optional<ApplicationSecrets> application) {
    String missing =
        template.placeholders().stream()
            .filter(TemplatePlaceholder::opensAccount)
            .map(TemplatePlaceholder::reference)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() || application.isPresent()
        ? Optional.empty()
        : Optional.of(
            Outcome.of(
                Reason.TEMPLATE_REFUSED,
                "spec.tokenSecret.template names "
                    + missing
                    + ", but the account of this resource gives applications no secrets. Remove it,"
                    + " or have applicationUser set in the CloudElementsAccount."));
  }

  /** The generated Secret is larger than it may be, with values as they are now. */
  static Outcome tooLarge(TokenSecretTemplate template) {
    return Outcome.of(
        Reason.TEMPLATE_REFUSED,
        "spec.tokenSecret.template makes Secret "
            + template.name()
            + " larger than "
            + TokenSecretContract.MAX_KIB
            + " KiB. Shorten its texts, or have them name their placeholders less often.");
  }
}
