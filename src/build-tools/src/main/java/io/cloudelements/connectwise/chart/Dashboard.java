package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The Grafana dashboard of the chart. */
public final class Dashboard {
  private static final int PANELS_A_ROW = 3;
  private static final int WIDTH = 24 / PANELS_A_ROW;
  private static final int HEIGHT = 8;

  /**
   * One line of a panel for each label set of the answer.
   *
   * @param legend Grafana's template of a line's name
   */
  public record Query(String expression, String legend) {}

  /**
   * A graph over time.
   *
   * @param question what a reader wants to know when looking here
   */
  public record Panel(String title, PanelUnit unit, String question, List<Query> queries) {}

  /** In the order in which an incident is analysed. */
  public static final List<Panel> PANELS =
      List.of(
          panel(
              "Resources",
              PanelUnit.RESOURCES,
              "Does anything wait, and why?",
              "sum by (state, reason) (max without (instance, pod) (connectwise_resources))",
              "{{state}} {{reason}}"),
          panel(
              "Time to Ready",
              PanelUnit.SECONDS,
              "How long do teams wait for a new instance?",
              quantile("0.5", "connectwise_time_to_ready_seconds", "le"),
              "median",
              quantile("0.9", "connectwise_time_to_ready_seconds", "le"),
              "one in ten"),
          panel(
              "Leader",
              PanelUnit.REPLICAS,
              "Does a replica work, and of which version?",
              "sum(connectwise_leader)",
              "leaders",
              "count by (version) (connectwise_operator_build_info)",
              "replicas of {{version}}"),
          panel(
              "Calls by outcome",
              PanelUnit.CALLS_PER_SECOND,
              "Does the service answer?",
              "sum by (outcome) (rate(connectwise_remote_calls_total[$__rate_interval]))",
              "{{outcome}}"),
          panel(
              "Failed calls by account",
              PanelUnit.CALLS_PER_SECOND,
              "Whose account is it?",
              "sum by (account, outcome)"
                  + " (rate(connectwise_remote_calls_total{outcome!~\"success|not_found\"}[$__rate_interval]))",
              "{{account}} {{outcome}}"),
          panel(
              "Duration of calls, 95th percentile",
              PanelUnit.SECONDS,
              "Is the service slow?",
              quantile("0.95", "connectwise_remote_call_duration_seconds", "le, route"),
              "{{route}}"),
          panel(
              "Accounts by name",
              PanelUnit.RESOURCES,
              "Can each account be used?",
              "max by (account_namespace, account_name, reason) (max without (instance, pod)"
                  + " (connectwise_accounts))",
              "{{account_namespace}}/{{account_name}} {{reason}}"),
          panel(
              "Resources of accounts",
              PanelUnit.RESOURCES,
              "Which account is nearly full?",
              "max by (account_namespace, account_name) (connectwise_account_resources)",
              "{{account_namespace}}/{{account_name}}",
              "max by (account_namespace, account_name) (connectwise_account_instances_limit)",
              "limit of {{account_namespace}}/{{account_name}}"),
          panel(
              "Calls in flight",
              PanelUnit.CALLS,
              "Is an account at its limit?",
              "sum by (account) (connectwise_account_requests_in_flight)",
              "{{account}}"),
          panel(
              "Queued calls",
              PanelUnit.CALLS,
              "Does a change wait behind others?",
              "sum by (account, lane) (connectwise_account_waiting)",
              "{{account}} {{lane}}"),
          panel(
              "Mean time in the queue",
              PanelUnit.SECONDS,
              "How long does each priority wait?",
              "sum by (lane) (rate(connectwise_account_queue_wait_seconds_sum[$__rate_interval])) /"
                  + " sum by (lane)"
                  + " (rate(connectwise_account_queue_wait_seconds_count[$__rate_interval]))",
              "{{lane}}"),
          panel(
              "Breaker",
              PanelUnit.BREAKER,
              "Which account's breaker is open?",
              "max by (account) (connectwise_account_breaker_state)",
              "{{account}}"),
          panel(
              "Retry-After",
              PanelUnit.SECONDS,
              "How long does Retry-After still last?",
              "max by (account) (connectwise_account_retry_after_seconds)",
              "{{account}}"),
          panel(
              "Reconciles by outcome",
              PanelUnit.RECONCILES_PER_SECOND,
              "How do reconciles end?",
              "sum by (outcome) (rate(connectwise_pass_duration_seconds_count[$__rate_interval]))",
              "{{outcome}}"),
          panel(
              "Duration of reconciles, 95th percentile",
              PanelUnit.SECONDS,
              "How long does a reconcile take?",
              quantile("0.95", "connectwise_pass_duration_seconds", "le, outcome"),
              "{{outcome}}"),
          panel(
              "Reconciles ended by an error",
              PanelUnit.RECONCILES_PER_SECOND,
              "Is it the API server, or a defect?",
              "sum by (cause) (rate(connectwise_pass_errors_total[$__rate_interval]))",
              "{{cause}}"),
          panel(
              "Drift",
              PanelUnit.FIELDS,
              "Are instances changed at the service by others?",
              "sum by (field) (increase(connectwise_drift_found_total[$__rate_interval]))",
              "found {{field}}",
              "sum by (field) (increase(connectwise_drift_repaired_total[$__rate_interval]))",
              "repaired {{field}}"),
          panel(
              "Repairs",
              PanelUnit.REPAIRS,
              "Was anything lost?",
              "sum(increase(connectwise_recreations_total[$__rate_interval]))",
              "instances recreated",
              "sum(increase(connectwise_token_secret_repairs_total[$__rate_interval]))",
              "token Secrets rewritten"),
          panel(
              "Held back",
              PanelUnit.RESOURCES,
              "What began to wait for a person who confirms?",
              "sum(increase(connectwise_recreations_held_total[$__rate_interval]))",
              "recreations held",
              "sum(increase(connectwise_deletions_held_total[$__rate_interval]))",
              "deletions held"),
          panel(
              "Duplicates and orphans",
              PanelUnit.INSTANCES,
              "Do instances exist that no resource uses?",
              "max(connectwise_duplicates)",
              "duplicates",
              "max(connectwise_orphans)",
              "orphans"),
          panel(
              "Memory and CPU",
              PanelUnit.PART,
              "Does the operator have enough memory and CPU?",
              "sum by (instance) (jvm_memory_used_bytes{area=\"heap\"})"
                  + " / sum by (instance) (jvm_memory_max_bytes{area=\"heap\"})",
              "heap {{instance}}",
              "max by (instance) (process_cpu_usage)",
              "CPU {{instance}}"));

  private Dashboard() {}

  private static Panel panel(String title, PanelUnit unit, String question, String... queries) {
    List<Query> pairs = new java.util.ArrayList<>();
    for (int i = 0; i < queries.length; i += 2) {
      pairs.add(new Query(queries[i], queries[i + 1]));
    }
    return new Panel(title, unit, question, List.copyOf(pairs));
  }

  private static String quantile(String quantile, String histogram, String by) {
    return "histogram_quantile(%s, sum by (%s) (rate(%s_bucket[$__rate_interval])))"
        .formatted(quantile, by, histogram);
  }

  /** Grafana's JSON. */
  static String render() {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode dashboard = json.createObjectNode();
    dashboard
        .put("uid", "connectwise-operator")
        .put("title", "ConnectWise operator")
        .put("schemaVersion", 39)
        .put("editable", false)
        .put("refresh", "30s");
    dashboard.putObject("time").put("from", "now-3h").put("to", "now");
    dashboard.putArray("tags").add("connectwise-operator");
    dashboard
        .putObject("templating")
        .putArray("list")
        .addObject()
        .put("name", "datasource")
        .put("label", "Data source")
        .put("type", "datasource")
        .put("query", "prometheus");
    ArrayNode panels = dashboard.putArray("panels");
    for (int i = 0; i < PANELS.size(); i++) {
      add(panels.addObject(), i);
    }
    try {
      return json.writeValueAsString(dashboard) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(ObjectNode node, int place) {
    Panel panel = PANELS.get(place);
    node.put("id", place + 1)
        .put("type", "timeseries")
        .put("title", panel.title())
        .put("description", panel.question());
    node.putObject("gridPos")
        .put("x", place % PANELS_A_ROW * WIDTH)
        .put("y", place / PANELS_A_ROW * HEIGHT)
        .put("w", WIDTH)
        .put("h", HEIGHT);
    node.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    ObjectNode defaults = node.putObject("fieldConfig").putObject("defaults");
    defaults.put("unit", panel.unit().grafana()).put("min", 0);
    node.withObject("/fieldConfig").putArray("overrides");
    ArrayNode targets = node.putArray("targets");
    for (Query query : panel.queries()) {
      targets
          .addObject()
          .put("refId", String.valueOf((char) ('A' + targets.size() - 1)))
          .put("expr", query.expression())
          .put("legendFormat", query.legend());
    }
  }
}
