package io.cloudelements.connectwise.chart;

import io.cloudelements.connectwise.picture.Unit;
import java.util.List;

/** What a panel's numbers are, in Grafana's words and in those of a picture. */
public enum PanelUnit {
  RESOURCES("short", new Unit.Counted("resource", "resources")),
  REPLICAS("short", new Unit.Counted("replica", "replicas")),
  CALLS("short", new Unit.Counted("call", "calls")),
  INSTANCES("short", new Unit.Counted("instance", "instances")),
  FIELDS("short", new Unit.Counted("field", "fields")),
  REPAIRS("short", new Unit.Counted("repair", "repairs")),
  BREAKER("short", new Unit.Named(List.of("closed", "half-open", "open"))),
  SECONDS("s", Unit.SECONDS),
  PART("percentunit", Unit.PERCENT),
  CALLS_PER_SECOND("reqps", new Unit.Rate("calls/s")),
  RECONCILES_PER_SECOND("ops", new Unit.Rate("/s"));

  private final String grafana;
  private final Unit drawn;

  PanelUnit(String grafana, Unit drawn) {
    this.grafana = grafana;
    this.drawn = drawn;
  }

  /** Grafana's name of the unit. */
  String grafana() {
    return grafana;
  }

  public Unit drawn() {
    return drawn;
  }
}
