package io.cloudelements.connectwise.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.DoubleStream;

/** What the numbers of a picture are, and how one is written: at most three digits and its unit. */
public sealed interface Unit {
  Unit SECONDS = new Measured(List.of(new Scale(60, "min", 1_000), new Scale(1, "s", 0)));
  Unit MEBIBYTES = new Binary(List.of(new Scale(1_024, "GiB", 1_000), new Scale(1, "MiB", 0)));

  /** Numbers are given as a part of 1. */
  Unit PERCENT = new Measured(List.of(new Scale(0.01, "%", 0)));

  /** The number with its unit. */
  String label(double value);

  /** The smallest good distance of two lines of a grid that is not below the least. */
  default double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    return DoubleStream.of(1, 2, 5, 10)
        .filter(factor -> least / power <= factor + 1e-9)
        .map(factor -> factor * power)
        .findFirst()
        .orElse(least);
  }

  /**
   * A multiple of the unit that numbers are given in.
   *
   * @param size how many of the given unit it is
   * @param name stands after the number
   * @param from the smallest given number that is written in it
   */
  record Scale(double size, String name, double from) {
    private static final List<Scale> OF_COUNTS =
        List.of(new Scale(1e6, "M", 1e6), new Scale(1e3, "k", 1e3), new Scale(1, "", 0));

    private static Scale of(double value, List<Scale> scales) {
      double rounded = digits(value).doubleValue();
      return scales.stream()
          .filter(scale -> Math.abs(rounded) >= scale.from())
          .findFirst()
          .orElse(scales.getLast());
    }

    private String number(double value) {
      return digits(value / size).toPlainString();
    }

    private static BigDecimal digits(double value) {
      BigDecimal number = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
      return number.scale() < 0 ? number.setScale(0) : number;
    }
  }

  /**
   * A physical unit.
   *
   * @param scales the largest first
   */
  record Measured(List<Scale> scales) implements Unit {
    @Override
    public String label(double value) {
      Scale scale = Scale.of(value, scales);
      return scale.number(value) + " " + scale.name();
    }
  }

  /**
   * Bytes, of which a thousand are no round number.
   *
   * @param scales the largest first
   */
  record Binary(List<Scale> scales) implements Unit {
    @Override
    public String label(double value) {
      return new Measured(scales).label(value);
    }

    @Override
    public double step(double least) {
      return Math.pow(2, Math.ceil(Math.log(least) / Math.log(2) - 1e-9));
    }
  }

  /** Things that are counted. */
  record Counted(String one, String many) implements Unit {
    @Override
    public String label(double value) {
      Scale scale = Scale.of(value, Scale.OF_COUNTS);
      String number = scale.number(value) + scale.name();
      return number + " " + (number.equals("1") ? one : many);
    }

    @Override
    public double step(double least) {
      return Unit.super.step(Math.max(1, least));
    }
  }

  /**
   * How often something happens.
   *
   * @param name for example {@code calls/s}
   */
  record Rate(String name) implements Unit {
    @Override
    public String label(double value) {
      return new Counted(name, name).label(value);
    }
  }

  /** A state that a metric has as its place in the list. */
  record Named(List<String> names) implements Unit {
    @Override
    public String label(double value) {
      int place = (int) Math.round(value);
      return place < names.size() ? names.get(place) : "";
    }

    @Override
    public double step(double least) {
      return 1;
    }
  }
}
