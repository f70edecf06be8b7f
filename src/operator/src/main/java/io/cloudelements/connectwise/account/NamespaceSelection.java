package io.cloudelements.connectwise.account;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels a selector matches. One that asks for nothing, or for what is unknown, matches none.
 */
record NamespaceSelection(LabelSelector selector) {
  boolean matches(Map<String, String> labels) {
    Map<String, String> equal = Optional.ofNullable(selector.getMatchLabels()).orElseGet(Map::of);
    List<LabelSelectorRequirement> more =
        Optional.ofNullable(selector.getMatchExpressions()).orElseGet(List::of);
    return !(equal.isEmpty() && more.isEmpty())
        && labels.entrySet().containsAll(equal.entrySet())
        && more.stream().allMatch(requirement -> meets(labels, requirement));
  }

  private static boolean meets(Map<String, String> labels, LabelSelectorRequirement requirement) {
    Optional<String> value = Optional.ofNullable(labels.get(requirement.getKey()));
    List<String> values = Optional.ofNullable(requirement.getValues()).orElseGet(List::of);
    return switch (requirement.getOperator()) {
      case "In" -> value.filter(values::contains).isPresent();
      case "NotIn" -> value.filter(values::contains).isEmpty();
      case "Exists" -> value.isPresent();
      case "DoesNotExist" -> value.isEmpty();
      default -> false;
    };
  }
}
