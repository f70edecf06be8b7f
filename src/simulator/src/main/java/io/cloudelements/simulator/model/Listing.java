package io.cloudelements.simulator.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudelements.simulator.model.Behaviour.DryLists;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Lists of instances: filters, pages, and 404 for nothing (contract §3). */
final class Listing {
  private static final String PAGE_TOKEN_PREFIX = "page-from:";

  private final ServiceState state;
  private final Wire wire;

  Listing(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
  }

  /** What the user sees of the live instances, in the order of ids. */
  List<Instance> visible(User user, View view) {
    Instant born = state.now().minus(view.hidesYoungerThan());
    List<Instance> visible = new ArrayList<>();
    for (Instance instance : state.instances.asOf(view, state.now()).values()) {
      if (instance.isLive()
          && state.users.sees(user, instance)
          && !instance.createdAt().isAfter(born)) {
        visible.add(instance);
      }
    }
    return visible;
  }

  ApiResponse list(User user, ApiRequest request, View view, Predicate<Instance> filter) {
    List<Instance> found = new ArrayList<>();
    for (Instance instance : visible(user, view)) {
      if (filter.test(instance) && tagged(instance, request, view) && named(instance, request)) {
        found.add(instance);
      }
    }
    if (found.isEmpty()) {
      Rejection none = Rejection.of(404, state.behaviour.emptyListMessage());
      throw state.behaviour.requestIdInEmptyList() ? none : none.withoutRequestId();
    }
    return page(found, request, view);
  }

  private boolean tagged(Instance instance, ApiRequest request, View view) {
    List<String> wanted = request.parameters("tags[]");
    if (view.ignoresTags() || wanted.isEmpty()) {
      return true;
    }
    Set<String> tags = instance.tags();
    return state.behaviour.severalTagsMustAllMatch()
        ? tags.containsAll(wanted)
        : wanted.stream().anyMatch(tags::contains);
  }

  private boolean named(Instance instance, ApiRequest request) {
    String text = request.parameter("searchText").orElse("");
    if (state.behaviour.searchIgnoresCase()) {
      String lower = text.toLowerCase(Locale.ROOT);
      return instance.name().toLowerCase(Locale.ROOT).contains(lower)
          || instance.elementKey().contains(lower);
    }
    return instance.name().contains(text) || instance.elementKey().contains(text);
  }

  private ApiResponse page(List<Instance> found, ApiRequest request, View view) {
    int size = pageSize(request);
    int start = request.parameter("nextPage").map(Listing::offset).orElse(0);
    if (view.repeatsPage()) {
      start = Math.max(0, start - size);
    }
    int end = Math.min(found.size(), start + size);
    boolean dry = request.parameter("hydrate").equals(Optional.of("false"));
    if (dry && state.behaviour.dryLists() == DryLists.REFUSED) {
      throw Rejection.of(400, "Unknown parameter hydrate");
    }
    boolean hydrated = !dry || state.behaviour.dryLists() == DryLists.IGNORED;
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (Instance instance : found.subList(Math.min(start, end), end)) {
      items.add(wire.item(instance, hydrated));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Elements-Total-Count", Integer.toString(found.size()));
    headers.put("Elements-Returned-Count", Integer.toString(items.size()));
    if (end < found.size() && !view.dropsPageToken()) {
      headers.put("Elements-Next-Page-Token", token(end));
    }
    return wire.ok(items, headers);
  }

  private int pageSize(ApiRequest request) {
    int max = state.behaviour.maxPageSize();
    try {
      int size = request.parameter("pageSize").map(Integer::parseInt).orElse(max);
      if (size > 0) {
        return Math.min(size, max);
      }
    } catch (NumberFormatException e) {
      throw Rejection.of(400, "pageSize must be a number");
    }
    throw Rejection.of(400, "pageSize must be positive");
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder().encodeToString((PAGE_TOKEN_PREFIX + offset).getBytes(UTF_8));
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (text.startsWith(PAGE_TOKEN_PREFIX)) {
        return Integer.parseInt(text.substring(PAGE_TOKEN_PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      throw Rejection.of(400, "Invalid nextPage");
    }
    throw Rejection.of(400, "Invalid nextPage");
  }
}
