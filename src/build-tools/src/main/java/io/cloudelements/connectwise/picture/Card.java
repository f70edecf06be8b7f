package io.cloudelements.connectwise.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** A white card to draw on, for light and dark pages. It becomes SVG whose texts stay texts. */
final class Card {
  static final int WIDTH = 700;
  static final int MARGIN = 16;

  static final Color OPERATOR = new Color(0x0969DA);
  static final Color TEXT = new Color(0x1F2328);
  static final Color QUIET = new Color(0x59636E);
  static final Color GRID = new Color(0xE4E8EC);
  static final Color BASE = new Color(0xC4CCD4);
  static final Color OTHER = new Color(0x9AA4AF);

  static final Font TITLE = font(Font.BOLD, 15);
  static final Font LABEL = font(Font.PLAIN, 12);
  static final Font SMALL = font(Font.PLAIN, 11);

  private static final String FONTS = "Helvetica,Arial,sans-serif";

  /** How wide a digit of these fonts is, as a part of their size. */
  private static final double DIGIT = 0.556;

  static final BasicStroke HAIRLINE = new BasicStroke(1);

  private final SVGGraphics2D svg;
  private final int height;

  Card(int height) {
    this.height = height;
    this.svg = new SVGGraphics2D(WIDTH, height);
    svg.setDefsKeyPrefix("");
    svg.setFontFunction(_ -> FONTS);
    svg.setGeomDoubleConverter(Card::brief);
    svg.setTransformDoubleConverter(Card::brief);
    svg.setPaint(Color.WHITE);
    svg.fill(new RoundRectangle2D.Double(0, 0, WIDTH, height, 12, 12));
  }

  /** The fonts that readers have may be missing here: what is here is measured as if as narrow. */
  static Font font(int style, int size) {
    Font here = new Font(Font.SANS_SERIF, style, size);
    FontRenderContext context = new FontRenderContext(null, true, true);
    double digit = here.getStringBounds("0", context).getWidth();
    return here.deriveFont(AffineTransform.getScaleInstance(DIGIT * size / digit, 1));
  }

  SVGGraphics2D graphics() {
    return svg;
  }

  /**
   * @param baseline where the letters stand
   */
  void text(String text, double x, double baseline, Font font, Color color) {
    svg.setFont(font);
    svg.setPaint(color);
    svg.drawString(text, (float) x, (float) baseline);
  }

  double width(String text, Font font) {
    return svg.getFontMetrics(font).stringWidth(text);
  }

  String svg() {
    return svg.getSVGElement(null, true, new ViewBox(0, 0, WIDTH, height), null, null) + "\n";
  }

  private static String brief(double number) {
    double tenths = Math.round(number * 10) / 10.0;
    return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
  }
}
