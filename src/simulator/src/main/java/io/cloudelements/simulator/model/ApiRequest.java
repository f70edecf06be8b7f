package io.cloudelements.simulator.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call as it arrives at the platform.
 *
 * @param method the verb in capitals
 * @param path the path with the prefix {@link Platform#PREFIX}, without query
 * @param query the decoded query parameters, each with all its values in order
 * @param headers the headers; names are compared without regard to case
 * @param body the text of the body, empty when there is none
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    String body) {

  /** A request for a URI reference such as {@code /elements/api-v2/instances?tags%5B%5D=a}. */
  public static ApiRequest of(String method, String uri, Map<String, String> headers, String body) {
    int mark = uri.indexOf('?');
    if (mark < 0) {
      return new ApiRequest(method, uri, Map.of(), headers, body);
    }
    return new ApiRequest(
        method, uri.substring(0, mark), parse(uri.substring(mark + 1)), headers, body);
  }

  /** A request without body. */
  public static ApiRequest of(String method, String uri, Map<String, String> headers) {
    return of(method, uri, headers, "");
  }

  /** The value of a header, empty when it was not sent. */
  public Optional<String> header(String name) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return Optional.of(header.getValue());
      }
    }
    return Optional.empty();
  }

  /** The first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst();
  }

  /** All values of a query parameter. */
  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** Without headers and body, which carry secrets. */
  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        parameters
            .computeIfAbsent(URLDecoder.decode(name, UTF_8), key -> new ArrayList<>(1))
            .add(URLDecoder.decode(value, UTF_8));
      }
    }
    return parameters;
  }
}
