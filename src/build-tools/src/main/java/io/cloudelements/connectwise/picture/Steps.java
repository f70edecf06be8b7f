package io.cloudelements.connectwise.picture;

import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/**
 * The lines of a grid.
 *
 * @param step from one to the next
 * @param end the last one, at or above the largest value
 */
record Steps(double step, double end) {
  /**
   * @param most how many steps at most
   */
  static Steps upTo(double largest, int most, Unit unit) {
    if (largest == 0) {
      return new Steps(1, 1);
    }
    double step = unit.step(largest / most);
    return new Steps(step, Math.ceil(largest / step - 1e-9) * step);
  }

  /**
   * @param room how far the axis goes beyond the last line, as a part of its length
   */
  void applyTo(NumberAxis axis, double room) {
    axis.setRange(0, end * (1 + room));
    axis.setTickUnit(new NumberTickUnit(step));
  }
}
