package io.cloudelements.connectwise.account;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a namespace may use an account, and for what: asked before any credential is read, on
 * every path. An account's own namespace may use it for everything.
 */
public sealed interface Consent {
  /** It may. */
  record Given() implements Consent {}

  /** It may not use the account, nor learn whether there is one. */
  record Withheld() implements Consent {}

  /**
   * It may use the account, but not for that.
   *
   * @param what a sentence without its full stop
   */
  record Limited(String what) implements Consent {}

  /**
   * What is asked for.
   *
   * @param element key of the element of the instance; empty where it is about none
   * @param takes how an instance that exists is to be taken; empty: it is not
   * @param deletion whether the resource is being deleted
   * @param recorded the account that the resource recorded when it had consent: being deleted, it
   *     may remove what carries its own tag, even when consent is withdrawn
   */
  record ConsentRequest(
      String namespace,
      Optional<String> element,
      Optional<String> takes,
      boolean deletion,
      Optional<String> recorded) {}

  /**
   * The one answer.
   *
   * @param fingerprint of the account, as far as it was ever verified
   * @param labels of a namespace; empty where namespaces cannot be read
   */
  static Consent to(
      ConsentRequest request,
      AccountTerms account,
      Optional<String> fingerprint,
      Function<String, Optional<Map<String, String>>> labels) {
    boolean own = request.namespace().equals(account.id().namespace());
    if (own) {
      return new Given();
    }
    if (!allows(account, request.namespace(), labels)) {
      boolean leaves =
          request.deletion() && fingerprint.isPresent() && request.recorded().equals(fingerprint);
      return leaves ? new Given() : new Withheld();
    }
    return forbidden(request, account).<Consent>map(Limited::new).orElseGet(Given::new);
  }

  /**
   * Whether a namespace may take instances without an ownership tag, however it comes by their ids:
   * an id in a status is no permission.
   */
  static boolean takesUnmarked(String namespace, AccountTerms account) {
    return namespace.equals(account.id().namespace()) || account.letsAdopt();
  }

  private static boolean allows(
      AccountTerms account,
      String namespace,
      Function<String, Optional<Map<String, String>>> labels) {
    return switch (account.from()) {
      case SAME -> false;
      case NAMES -> account.names().contains(namespace);
      case SELECTOR ->
          account
              .selector()
              .map(NamespaceSelection::new)
              .filter(selection -> labels.apply(namespace).filter(selection::matches).isPresent())
              .isPresent();
      case ALL -> true;
    };
  }

  private static Optional<String> forbidden(ConsentRequest request, AccountTerms account) {
    Optional<String> element =
        request
            .element()
            .filter(key -> !account.elements().isEmpty() && !account.elements().contains(key))
            .map(key -> "the element " + key);
    return element.or(() -> request.takes().filter(_ -> !account.letsAdopt()));
  }
}
