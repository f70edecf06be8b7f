package io.cloudelements.connectwise.instance;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tag by which the operator finds its instance again. The platform has no unique names and no
 * idempotency key (contract §2), so this tag is the identity: the first part tells clusters that
 * share an account apart, the second names the resource.
 */
public record OwnershipTag(String value) {
  /** Carried by every managed instance, for people who look at the platform's console. */
  public static final String MARKER = "connectwise-operator";

  public static final Pattern SHAPE = Pattern.compile("cwi-[0-9a-f]{8}-[0-9a-f]{24}");

  /**
   * Tags that no user may set: in any case, and with anything around them that the service may cut
   * off. Written so that Java and CEL read it alike.
   */
  public static final String RESERVED = padded(MARKER + "|" + SHAPE.pattern());

  private static final Pattern RESERVED_TAG = Pattern.compile(RESERVED);
  private static final Pattern PADDED_TAG = Pattern.compile(padded(SHAPE.pattern()));

  public OwnershipTag {
    if (!isOne(value)) {
      throw new IllegalArgumentException("not an ownership tag: " + value);
    }
  }

  private static String padded(String tag) {
    return "(?i)^[^a-z0-9]*(" + tag + ")[^a-z0-9]*$";
  }

  public static OwnershipTag of(String clusterName, ResourceId resource) {
    String owner = Fingerprint.sha256(clusterName, resource.namespace(), resource.name());
    return new OwnershipTag(clusterPart(clusterName) + owner.substring(0, 24));
  }

  /** What every ownership tag of a cluster begins with. */
  public static String clusterPart(String clusterName) {
    return "cwi-" + Fingerprint.sha256(clusterName).substring(0, 8) + "-";
  }

  /** These tags of a user, the marker and this tag: what an instance shall carry. */
  public Set<String> with(Collection<String> userTags) {
    Set<String> all = new TreeSet<>(userTags);
    all.add(MARKER);
    all.add(value);
    return all;
  }

  /** These tags without the marker and this tag: what an instance carried besides. */
  Set<String> without(Collection<String> tags) {
    Set<String> others = new TreeSet<>(tags);
    others.remove(MARKER);
    others.remove(value);
    return others;
  }

  /** Whether a tag is a whole ownership tag; one that only begins like it is a user's. */
  public static boolean isOne(String tag) {
    return SHAPE.matcher(tag).matches();
  }

  /** Whether a tag is one of the operator's, which users may not set. */
  public static boolean isReserved(String tag) {
    return RESERVED_TAG.matcher(tag).matches();
  }

  /** An ownership tag among these that is not this one, however the service spells it. */
  public Optional<String> foreignAmong(Collection<String> tags) {
    return allForeignAmong(tags).findFirst();
  }

  /** All of them, in the order of the alphabet. */
  Stream<String> allForeignAmong(Collection<String> tags) {
    return tags.stream().filter(this::isForeign).sorted();
  }

  private boolean isForeign(String tag) {
    Matcher padded = PADDED_TAG.matcher(tag);
    return padded.matches() && !padded.group(1).equalsIgnoreCase(value);
  }

  /** Whether another cluster set this tag, as opposed to another resource of this cluster. */
  public boolean sameCluster(String otherTag) {
    Matcher padded = PADDED_TAG.matcher(otherTag);
    return padded.matches()
        && padded.group(1).regionMatches(true, 0, value, 0, "cwi-00000000-".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
