package io.cloudelements.connectwise.picture;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Keeps labels apart. */
final class Spread {
  private Spread() {}

  /**
   * The places of labels: in the order of those that are wished for, and at least the distance
   * apart.
   *
   * @param last no place is beyond it
   */
  static double[] of(double[] wished, double distance, double last) {
    int[] order =
        IntStream.range(0, wished.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wished[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] places = Arrays.copyOf(wished, wished.length);
    for (int i = 1; i < order.length; i++) {
      places[order[i]] = Math.max(places[order[i]], places[order[i - 1]] + distance);
    }
    double limit = last;
    for (int i = order.length - 1; i >= 0; i--) {
      places[order[i]] = Math.min(places[order[i]], limit);
      limit = places[order[i]] - distance;
    }
    return places;
  }
}
