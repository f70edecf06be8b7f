package io.cloudelements.simulator.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the platform answers. Header names are compared without regard to case. */
public record ApiResponse(int status, Map<String, String> headers, String body) {

  /** The value of a header, empty when it was not sent. */
  public Optional<String> header(String name) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return Optional.of(header.getValue());
      }
    }
    return Optional.empty();
  }

  /** The same answer with another body. */
  public ApiResponse withBody(String other) {
    return new ApiResponse(status, headers, other);
  }

  /** The same answer with one more header. */
  public ApiResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiResponse(status, more, body);
  }

  /** Without headers and body, which carry tokens. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
