package io.cloudelements.connectwise.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that the API server has answered, by its own metrics, about what a contender may touch.
 * Counted this way no contender pays for an audit log.
 *
 * @param writes of our resources and of Secrets, events not among them
 * @param events created
 * @param reads single ones and lists, watches not among them
 * @param storedBytes in etcd, versions included that are not compacted yet
 */
record ApiRequests(long writes, long events, long reads, double storedBytes) {
  private static final Set<String> OBJECTS = Set.of("connectwiseinstances", "secrets");
  private static final Set<String> WRITES =
      Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");
  private static final Set<String> READS = Set.of("GET", "LIST");
  private static final Pattern LABEL = Pattern.compile("[{,](resource|verb)=\"([^\"]*)\"");

  static ApiRequests of(KubernetesClient client) {
    ApiRequests sum = new ApiRequests(0, 0, 0, 0);
    for (String line : client.raw("/metrics").split("\n")) {
      if (line.startsWith("apiserver_request_total{")) {
        sum = sum.plus(line);
      } else if (line.startsWith("apiserver_storage_size_bytes{")) {
        sum = new ApiRequests(sum.writes, sum.events, sum.reads, value(line));
      }
    }
    return sum;
  }

  private ApiRequests plus(String line) {
    String resource = "";
    String verb = "";
    Matcher labels = LABEL.matcher(line);
    while (labels.find()) {
      if (labels.group(1).equals("resource")) {
        resource = labels.group(2);
      } else {
        verb = labels.group(2);
      }
    }
    long count = (long) value(line);
    if (resource.equals("events") && WRITES.contains(verb)) {
      return new ApiRequests(writes, events + count, reads, storedBytes);
    }
    if (OBJECTS.contains(resource)) {
      return new ApiRequests(
          WRITES.contains(verb) ? writes + count : writes,
          events,
          READS.contains(verb) ? reads + count : reads,
          storedBytes);
    }
    return this;
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  ApiRequests since(ApiRequests before) {
    return new ApiRequests(
        writes - before.writes,
        events - before.events,
        reads - before.reads,
        storedBytes - before.storedBytes);
  }
}
