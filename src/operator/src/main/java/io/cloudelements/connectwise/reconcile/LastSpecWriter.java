package io.cloudelements.connectwise.reconcile;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who changed the spec of a resource last, by its {@code metadata.managedFields}: the field manager
 * that wrote last of those that own a field of the spec. Writes of a subresource such as the status
 * do not count, and neither do managers that own metadata alone.
 *
 * <p>The API server keeps one time for all that a manager wrote: of two managers of the spec, the
 * one that changed an annotation later counts. A manager that only took fields away owns none.
 */
public final class LastSpecWriter {
  /** How {@code fieldsV1} names {@code spec}. */
  public static final String SPEC = "f:spec";

  private LastSpecWriter() {}

  /** Its name; several, separated by commas, where they wrote within the same second. */
  public static Optional<String> of(List<ManagedFieldsEntry> managedFields) {
    List<ManagedFieldsEntry> last = last(managedFields);
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            last.stream()
                .map(LastSpecWriter::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  /** The entries that the answer depends on: those of the last write. */
  public static List<ManagedFieldsEntry> last(List<ManagedFieldsEntry> managedFields) {
    List<ManagedFieldsEntry> ofSpec =
        managedFields.stream().filter(LastSpecWriter::ownsSpec).toList();
    Optional<String> time =
        ofSpec.stream().map(LastSpecWriter::time).max(Comparator.naturalOrder());
    return ofSpec.stream().filter(entry -> time.equals(Optional.of(time(entry)))).toList();
  }

  private static boolean ownsSpec(ManagedFieldsEntry entry) {
    boolean whole = Optional.ofNullable(entry.getSubresource()).orElse("").isEmpty();
    return whole
        && Optional.ofNullable(entry.getFieldsV1())
            .map(FieldsV1::getAdditionalProperties)
            .filter(fields -> fields.containsKey(SPEC))
            .isPresent();
  }

  /**
   * The API server writes all of them alike, as RFC 3339 in UTC, so that their order is a text's.
   */
  private static String time(ManagedFieldsEntry entry) {
    return Optional.ofNullable(entry.getTime()).orElse("");
  }

  private static String name(ManagedFieldsEntry entry) {
    return Optional.ofNullable(entry.getManager())
        .filter(name -> !name.isEmpty())
        .orElse("unknown");
  }
}
