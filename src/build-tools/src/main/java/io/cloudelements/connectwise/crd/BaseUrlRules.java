package io.cloudelements.connectwise.crd;

/**
 * What {@code spec.baseUrl} may be. Whether it is allowed is a setting of the operator.
 *
 * <p>Go's parser, which CEL uses, takes a fragment for part of the path and ignores what stands
 * before an {@code @}; hence the rules on characters. They exclude each other, so that one mistake
 * has one message.
 */
final class BaseUrlRules {
  private static final String URL =
      "^https?://([A-Za-z0-9.-]+|[[][0-9A-Fa-f:.]+[]])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$";

  private BaseUrlRules() {}

  static void constrain(Schema spec) {
    // at spec, because a field's rule shows the value, and here that may be a password
    spec.ruleAt(
        ".baseUrl",
        "!has(self.baseUrl) || !self.baseUrl.contains('@')",
        "spec.baseUrl must not contain a user name or password: credentials belong in the Secret");
    spec.field("baseUrl")
        .atMost(1024)
        .rule(
            "self.contains('@') || self.matches('^https?://.')",
            "must begin with https:// (or http://, where the operator's settings allow it), for"
                + " example https://api.cloud-elements.com/elements/api-v2")
        .rule(
            "self.contains('@') || !self.matches('[?#]')",
            "must not contain a query or fragment: remove ? or # and what follows")
        .rule(
            "!self.matches('^https?://.') || self.matches('[@?#]')"
                + " || (self.matches('%s')".formatted(URL)
                + " && isURL(self) && !self.matches('/[.]{1,2}(/|$)')"
                + " && (url(self).getPort() == '' || (int(url(self).getPort()) > 0"
                + " && int(url(self).getPort()) < 65536)))",
            "must consist of scheme, host, optional port and path, without white space, empty or"
                + " relative path segments and escapes");
  }
}
