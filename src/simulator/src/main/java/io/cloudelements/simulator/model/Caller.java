package io.cloudelements.simulator.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes requests as a well-behaved client sends them. URIs are given without the prefix. */
public record Caller(String authorization) {

  /** With the two secrets of platform calls. */
  public static Caller of(String userSecret, String organizationSecret) {
    return new Caller("User " + userSecret + ", Organization " + organizationSecret);
  }

  /** With the token of an instance as well, as for hub calls. */
  public Caller withElement(String token) {
    return new Caller(authorization + ", Element " + token);
  }

  public ApiRequest get(String uri) {
    return request("GET", uri, "");
  }

  public ApiRequest post(String uri, String body) {
    return request("POST", uri, body);
  }

  public ApiRequest put(String uri, String body) {
    return request("PUT", uri, body);
  }

  public ApiRequest patch(String uri, String body) {
    return request("PATCH", uri, body);
  }

  public ApiRequest delete(String uri) {
    return request("DELETE", uri, "");
  }

  private ApiRequest request(String method, String uri, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", authorization);
    headers.put("Accept", "application/json");
    if (!body.isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return ApiRequest.of(method, Platform.PREFIX + uri, headers, body);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "caller";
  }
}
