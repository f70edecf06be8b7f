package io.cloudelements.connectwise.bench;

/** What is measured, and in which unit. */
enum Metric {
  ALL_READY("until all are Ready", "s"),
  CPU("its CPU", "s"),
  SERVER_CPU("CPU of API server and etcd", "s"),
  SERVICE_CPU("CPU of the simulator", "s"),
  PEAK_RSS("peak RSS", "MiB"),
  RSS("RSS", "MiB"),
  LIVE_HEAP("heap after GC", "MiB"),
  KUBE_WRITES("kube writes", ""),
  KUBE_READS("kube reads", ""),
  EVENTS("events", ""),
  REMOTE_CALLS("remote calls", ""),
  LIST_CALLS("listing calls", ""),
  SINGLE_READS("GETs by id", ""),
  WRITES_EACH("kube writes per resource", ""),
  EVENTS_EACH("events per resource", ""),
  CALLS_EACH("remote calls per resource", ""),
  CPU_EACH("CPU per resource", "ms"),
  STORED_EACH("etcd per resource, history included", "KiB"),
  ALL_GONE("until all are gone", "s"),
  ONE_READY("one new resource Ready", "s"),
  ONE_GONE("one deletion", "s"),
  MEDIAN_READY("median until Ready", "s"),
  P99_READY("99th percentile until Ready", "s"),
  START_TO_READY("start to ready", "s"),
  START_TO_CALL("start to first remote call", "s"),
  IDEAL("what the service's latency alone takes", "s"),
  TOO_EARLY("calls before Retry-After was over", ""),
  REFUSED("calls answered 429", ""),
  COMMAND("the command, start of the process included", "s"),
  COMMAND_READS("its reads of the API server", ""),
  WINDOW("observed for", "s");

  private final String label;
  private final String unit;

  Metric(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  String label() {
    return unit.isEmpty() ? label : label + ", " + unit;
  }
}
