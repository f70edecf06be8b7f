package io.cloudelements.connectwise.schema;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelRuntime.CelFunctionBinding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * The functions of Kubernetes' CEL library that the definition's rules call: {@code isURL}, {@code
 * url} and {@code getPort}. The rules let only plain URLs come here, on which Go's parser and the
 * JDK's agree.
 */
final class UrlFunctions {
  private static final OpaqueType URL = OpaqueType.create("kubernetes.URL");

  static final List<CelFunctionDecl> DECLARATIONS =
      List.of(
          CelFunctionDecl.newFunctionDeclaration(
              "isURL",
              CelOverloadDecl.newGlobalOverload("is_url", SimpleType.BOOL, SimpleType.STRING)),
          CelFunctionDecl.newFunctionDeclaration(
              "url", CelOverloadDecl.newGlobalOverload("string_to_url", URL, SimpleType.STRING)),
          CelFunctionDecl.newFunctionDeclaration(
              "getPort",
              CelOverloadDecl.newMemberOverload("url_get_port", SimpleType.STRING, URL)));

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from("is_url", String.class, text -> parse(text).isPresent()),
          CelFunctionBinding.from(
              "string_to_url",
              String.class,
              text ->
                  parse(text).orElseThrow(() -> new IllegalArgumentException("URL parse error"))),
          CelFunctionBinding.from("url_get_port", URI.class, UrlFunctions::port));

  private UrlFunctions() {}

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(url -> url.isAbsolute() || text.startsWith("/"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** As it is written, since a port may be too large for a number. */
  private static String port(URI url) {
    String authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(colon + 1) : "";
  }
}
