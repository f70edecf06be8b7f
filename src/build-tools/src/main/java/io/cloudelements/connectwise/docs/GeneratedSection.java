package io.cloudelements.connectwise.docs;

/**
 * The part of a document that is derived from the code, between its two markers.
 *
 * @param name in the markers: {@code <!-- name:begin -->} and {@code <!-- name:end -->}
 */
record GeneratedSection(String name) {
  private String begin() {
    return "<!-- " + name + ":begin -->";
  }

  private String end() {
    return "<!-- " + name + ":end -->";
  }

  /**
   * The document with this content between the markers.
   *
   * @param content whole lines
   * @throws IllegalArgumentException when it has not both markers, each once and in order
   */
  String insertInto(String document, String content) {
    int begin = document.indexOf(begin());
    int end = document.indexOf(end());
    if (begin < 0 || end < begin || document.lastIndexOf(begin()) != begin) {
      throw new IllegalArgumentException(
          "the document needs one " + begin() + " before one " + end());
    }
    return document.substring(0, begin + begin().length())
        + "\n"
        + content
        + document.substring(end);
  }
}
