package io.cloudelements.connectwise.picture;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.function.DoubleFunction;

/** Labels in the form that the chart library asks for. */
final class LabelFormat extends NumberFormat {
  private static final long serialVersionUID = 1L;
  private final transient DoubleFunction<String> label;

  LabelFormat(DoubleFunction<String> label) {
    this.label = label;
  }

  /** For an axis whose numbers are the decimal logarithms. */
  static LabelFormat ofLogarithms(Unit unit) {
    return new LabelFormat(value -> unit.label(Math.pow(10, value)));
  }

  @Override
  public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
    return to.append(label.apply(number));
  }

  @Override
  public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
    return to.append(label.apply(number));
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("Labels are only written.");
  }
}
