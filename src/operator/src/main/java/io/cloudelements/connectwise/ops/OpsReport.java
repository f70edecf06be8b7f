package io.cloudelements.connectwise.ops;

import java.util.Map;
import java.util.function.Supplier;

/** What a path of the operations port answers with, computed on a worker thread. */
@FunctionalInterface
public interface OpsReport {
  /**
   * @param query the parameters by their names; of one that is given twice the first value
   */
  OpsAnswer answer(Map<String, String> query);

  /** An answer to one request. */
  sealed interface OpsAnswer {}

  /** A JSON document. */
  record Document(String json) implements OpsAnswer {}

  /**
   * The query asks for nothing that is answered.
   *
   * @param remedy a sentence that says what to ask for instead
   */
  record BadQuery(String remedy) implements OpsAnswer {}

  /** The same document for every query. */
  static OpsReport of(Supplier<String> json) {
    return _ -> new Document(json.get());
  }
}
