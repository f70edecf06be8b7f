package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import java.util.List;

/** What is wrong with credentials, and what to do about it. */
public final class CredentialsOutcomes {
  private CredentialsOutcomes() {}

  /**
   * For a resource that is being deleted: where its namespace is deleted too, nothing can be
   * created any more, and the resource does not show that.
   *
   * @param result anything but complete credentials
   */
  static Outcome ofDeletion(CredentialsResult result) {
    return switch (result) {
      case CredentialsResult.NoSecret(String name) ->
          Outcome.of(
              Reason.SECRET_NOT_FOUND,
              "Secret "
                  + name
                  + " does not exist in this namespace, so the service cannot be asked. Restore it."
                  + " Where the namespace is being deleted too, nothing can be created in it: then"
                  + " set spec.accountRef to a CloudElementsAccount of another namespace, with the"
                  + " same secrets.");
      case CredentialsResult.AddressInSpec _,
          CredentialsResult.Missing _,
          CredentialsResult.Malformed _,
          CredentialsResult.Complete _ ->
          of(result);
    };
  }

  /**
   * @param result anything but complete credentials
   */
  public static Outcome of(CredentialsResult result) {
    return switch (result) {
      case CredentialsResult.NoSecret(String name) ->
          Outcome.of(
              Reason.SECRET_NOT_FOUND,
              "Secret "
                  + name
                  + " does not exist in this namespace. Create it, or correct the reference in the"
                  + " spec; it is used at once.");
      case CredentialsResult.Missing(String name, List<String> missing) ->
          Outcome.of(
              Reason.MISSING_ENTRIES,
              "Secret "
                  + name
                  + " lacks: "
                  + String.join("; ", missing)
                  + ". Add them; no call was made.");
      case CredentialsResult.AddressInSpec(String name, List<String> entries) ->
          Outcome.of(
              Reason.ADDRESS_NOT_IN_SECRET,
              "spec.configuration names an address: "
                  + String.join(", ", entries)
                  + ". Addresses come from Secret "
                  + name
                  + ", so that its credentials go only where its owner says: move the entry there,"
                  + " under the same key, or label that Secret "
                  + SecretContent.ADDRESS_FROM_SPEC
                  + ": \"true\". No call was made.");
      case CredentialsResult.Malformed(String name, List<String> problems) ->
          Outcome.of(
              Reason.MALFORMED_ENTRIES,
              "Values cannot be sent as they are: " + String.join("; ", problems) + ".");
      case CredentialsResult.Complete _ ->
          throw new IllegalArgumentException("complete credentials block nothing");
    };
  }
}
