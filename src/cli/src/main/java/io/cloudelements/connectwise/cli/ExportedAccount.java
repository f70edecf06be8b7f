package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.instance.ResourceId;

/** What opens the account of exported resources. */
sealed interface ExportedAccount {
  /** A Secret beside each of them. */
  record OfSecret(String name) implements ExportedAccount {}

  /** An account object, which their namespace may use. */
  record OfObject(ResourceId name) implements ExportedAccount {}

  /**
   * Refers to it.
   *
   * @param credentials the Secret with the ConnectWise entries, which may be the account's too
   */
  default void refer(ObjectNode spec, String credentials) {
    switch (this) {
      case OfSecret(String name) -> {
        if (!credentials.equals(name)) {
          spec.putObject("accountSecretRef").put("name", name);
        }
      }
      case OfObject(ResourceId name) ->
          spec.putObject("accountRef").put("name", name.name()).put("namespace", name.namespace());
    }
  }
}
