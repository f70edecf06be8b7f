package io.cloudelements.connectwise.picture;

import java.util.List;

/**
 * A line of a picture.
 *
 * @param points from left to right, each number finite
 */
public record Line(String name, List<Point> points) {
  /** Where the line goes through. */
  public record Point(double x, double y) {}

  double peak() {
    return points.stream().mapToDouble(Point::y).max().orElse(0);
  }

  double last() {
    return points.getLast().y();
  }

  Line from(double begin) {
    return new Line(
        name, points.stream().map(point -> new Point(point.x() - begin, point.y())).toList());
  }

  boolean hasData() {
    return !points.isEmpty();
  }

  boolean staysAtZero() {
    return points.stream().allMatch(point -> point.y() == 0);
  }
}
