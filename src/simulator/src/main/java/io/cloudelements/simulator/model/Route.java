package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.Privilege.CREATE_INSTANCES;
import static io.cloudelements.simulator.model.Privilege.DELETE_INSTANCES;
import static io.cloudelements.simulator.model.Privilege.EDIT_INSTANCES;
import static io.cloudelements.simulator.model.Privilege.USE_INSTANCES;
import static io.cloudelements.simulator.model.Privilege.VIEW_INSTANCES;
import static io.cloudelements.simulator.model.Route.Access.HUB;
import static io.cloudelements.simulator.model.Route.Access.PLATFORM;
import static io.cloudelements.simulator.model.Route.Access.TOKEN;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that the simulator knows (contract §2 to §5, §11), without the path prefix. */
public enum Route {
  POST_INSTANCES("POST", "/instances", PLATFORM, CREATE_INSTANCES),
  POST_ELEMENT_INSTANCES("POST", "/elements/{key}/instances", PLATFORM, CREATE_INSTANCES),
  GET_INSTANCES("GET", "/instances", PLATFORM, VIEW_INSTANCES),
  GET_ELEMENT_INSTANCES("GET", "/elements/{key}/instances", PLATFORM, VIEW_INSTANCES),
  COUNT_INSTANCES("GET", "/instances/count", PLATFORM, VIEW_INSTANCES),
  GET_INSTANCE("GET", "/instances/{id}", PLATFORM, VIEW_INSTANCES),
  GET_ELEMENT_INSTANCE("GET", "/elements/{key}/instances/{id}", PLATFORM, VIEW_INSTANCES),
  GET_INSTANCE_CONFIGURATION("GET", "/instances/{id}/configuration", PLATFORM, VIEW_INSTANCES),
  GET_INSTANCE_CONFIGURATION_ENTRY(
      "GET", "/instances/{id}/configuration/{configId}", PLATFORM, VIEW_INSTANCES),
  PATCH_INSTANCE_CONFIGURATION_ENTRY(
      "PATCH", "/instances/{id}/configuration/{configId}", PLATFORM, EDIT_INSTANCES),
  GET_CONFIGURATION_BY_TOKEN("GET", "/instances/configuration", TOKEN, VIEW_INSTANCES),
  GET_CONFIGURATION_ENTRY_BY_TOKEN(
      "GET", "/instances/configuration/{configId}", TOKEN, VIEW_INSTANCES),
  PATCH_CONFIGURATION_ENTRY_BY_TOKEN(
      "PATCH", "/instances/configuration/{configId}", TOKEN, EDIT_INSTANCES),
  PUT_INSTANCE("PUT", "/instances/{id}", PLATFORM, EDIT_INSTANCES),
  PUT_ELEMENT_INSTANCE("PUT", "/elements/{key}/instances/{id}", PLATFORM, EDIT_INSTANCES),
  PATCH_INSTANCE("PATCH", "/instances/{id}", PLATFORM, EDIT_INSTANCES),
  PUT_ENABLED("PUT", "/instances/{id}/enabled", PLATFORM, EDIT_INSTANCES),
  DELETE_ENABLED("DELETE", "/instances/{id}/enabled", PLATFORM, EDIT_INSTANCES),
  DELETE_INSTANCE("DELETE", "/instances/{id}", PLATFORM, DELETE_INSTANCES),
  DELETE_ELEMENT_INSTANCE("DELETE", "/elements/{key}/instances/{id}", PLATFORM, DELETE_INSTANCES),
  PUT_INSTANCE_BY_TOKEN("PUT", "/instances", TOKEN, EDIT_INSTANCES),
  PATCH_INSTANCE_BY_TOKEN("PATCH", "/instances", TOKEN, EDIT_INSTANCES),
  PUT_ENABLED_BY_TOKEN("PUT", "/instances/enabled", TOKEN, EDIT_INSTANCES),
  DELETE_ENABLED_BY_TOKEN("DELETE", "/instances/enabled", TOKEN, EDIT_INSTANCES),
  DELETE_INSTANCE_BY_TOKEN("DELETE", "/instances", TOKEN, DELETE_INSTANCES),
  GET_ELEMENT("GET", "/elements/{key}", PLATFORM, VIEW_INSTANCES),
  GET_ELEMENT_CONFIGURATION("GET", "/elements/{key}/configuration", PLATFORM, VIEW_INSTANCES),
  GET_AUDIT_LOG("GET", "/audit-logs/element-instances/{id}"),
  GET_ORGANIZATION("GET", "/organizations/me"),
  RESET_USER_SECRET("POST", "/authentication/user-secret-reset"),
  PING("GET", "/ping", HUB, USE_INSTANCES),
  HUB_PING("GET", "/hubs/{hub}/ping", HUB, USE_INSTANCES),
  OBJECTS("GET", "/objects", HUB, USE_INSTANCES),
  HUB_OBJECTS("GET", "/hubs/{hub}/objects", HUB, USE_INSTANCES),
  HUB_CALL("GET", "/hubs/{hub}/{resource}", HUB, USE_INSTANCES),
  /** Without a hub only what the elements have is a path. */
  OBJECT_CALL("GET", "/{object}", HUB, USE_INSTANCES);

  /** Which parts of the Authorization header a call needs (contract §1). */
  enum Access {
    /** User and organization. */
    PLATFORM,
    /** User, organization and the token of the instance that the call is about. */
    TOKEN,
    /** User and the token of the instance; whether the organization too is a switch. */
    HUB
  }

  /** A route and what the variables of its template stand for. */
  record Match(Route route, Map<String, String> variables) {}

  private final String method;
  private final String template;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> segments;

  private final Access access;
  private final Optional<Privilege> privilege;

  /** A platform call that every user may make. */
  Route(String method, String template) {
    this(method, template, PLATFORM, Optional.empty());
  }

  Route(String method, String template, Access access, Privilege privilege) {
    this(method, template, access, Optional.of(privilege));
  }

  Route(String method, String template, Access access, Optional<Privilege> privilege) {
    this.method = method;
    this.template = template;
    this.segments = List.of(template.substring(1).split("/", -1));
    this.access = access;
    this.privilege = privilege;
  }

  /** The verb. */
  public String method() {
    return method;
  }

  /** The path with variables in braces, without the prefix. */
  public String template() {
    return template;
  }

  /** The route of a request, empty when the platform has none. */
  public static Optional<Route> of(ApiRequest request) {
    return match(request).map(Match::route);
  }

  static Optional<Match> match(ApiRequest request) {
    List<String> path = split(request.path());
    for (Route route : ROUTES) {
      if (route.method.equals(request.method())) {
        Optional<Map<String, String>> variables = route.variables(path);
        if (variables.isPresent()) {
          return Optional.of(new Match(route, variables.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether some other verb is served there, which makes a 404 a 405. */
  static boolean knowsPath(ApiRequest request) {
    List<String> path = split(request.path());
    for (Route route : ROUTES) {
      if (route.fits(path)) {
        return true;
      }
    }
    return false;
  }

  Access access() {
    return access;
  }

  /** What the user must be allowed, if anything. */
  Optional<Privilege> privilege() {
    return privilege;
  }

  private static final Route[] ROUTES = values();

  /** A trailing slash is the same path (contract §8.12). */
  private static List<String> split(String path) {
    if (!path.startsWith(Platform.PREFIX + "/")) {
      return List.of();
    }
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    int start = Math.min(Platform.PREFIX.length() + 1, end);
    return List.of(path.substring(start, end).split("/", -1));
  }

  private Optional<Map<String, String>> variables(List<String> path) {
    return fits(path) ? Optional.of(values(path)) : Optional.empty();
  }

  private boolean fits(List<String> path) {
    if (path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!fits(segments.get(i), path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String segment, String part) {
    return switch (segment) {
      case "{id}", "{configId}" -> isNumber(part);
      case "{object}" -> ElementCalls.OBJECTS.contains(part);
      default -> segment.startsWith("{") || segment.equals(part);
    };
  }

  private Map<String, String> values(List<String> path) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      }
    }
    return values;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() < 19
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
