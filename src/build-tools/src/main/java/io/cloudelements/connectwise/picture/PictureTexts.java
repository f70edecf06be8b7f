package io.cloudelements.connectwise.picture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What can be read in a picture, for its tests. */
public final class PictureTexts {
  private PictureTexts() {}

  /** The texts of an SVG document, in its order. */
  public static List<String> of(String svg) {
    try {
      NodeList texts =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg)))
              .getElementsByTagName("text");
      return IntStream.range(0, texts.getLength())
          .mapToObj(i -> texts.item(i).getTextContent())
          .toList();
    } catch (SAXException e) {
      throw new IllegalArgumentException("no SVG: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
