package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Names for resources, made of the instances' names. Instances whose names would be the same get
 * their ids after them, all of them, so that a name does not depend on what was exported before.
 */
record ResourceNames(Map<Long, String> byId) {
  /** A label's limit: it leaves room for what is put behind a name. */
  private static final int LIMIT = 63;

  static ResourceNames of(Collection<ListedInstance> instances) {
    Map<String, List<Long>> byName = new TreeMap<>();
    for (ListedInstance instance : instances) {
      String wanted = plain(instance.name().orElse(""), LIMIT);
      byName.computeIfAbsent(wanted, _ -> new ArrayList<>()).add(instance.id());
    }
    Map<Long, String> names = new HashMap<>();
    byName.forEach((wanted, ids) -> {
      // a wanted that ends in a number could be another's name with its id
      boolean alone = ids.size() == 1 && !wanted.matches("|.*-[0-9]+");
      ids.forEach(id -> names.put(id, alone ? wanted : numbered(wanted, id)));
    });
    return new ResourceNames(names);
  }

  /** A name for one instance alone. */
  static String of(RemoteInstance instance) {
    String wanted = plain(instance.name().orElse(""), LIMIT);
    return wanted.isEmpty() ? numbered(wanted, instance.id()) : wanted;
  }

  /**
   * @param id of one of the instances
   */
  String of(long id) {
    return Optional.ofNullable(byId.get(id)).orElseThrow();
  }

  private static String numbered(String wanted, long id) {
    String suffix = "-" + id;
    return plain(wanted.isEmpty() ? "instance" : wanted, LIMIT - suffix.length()) + suffix;
  }

  /** Letters without their accents, digits, and single dashes between them. */
  private static String plain(String name, int limit) {
    String ascii =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return ascii.substring(0, Math.min(limit, ascii.length())).replaceAll("-$", "");
  }
}
