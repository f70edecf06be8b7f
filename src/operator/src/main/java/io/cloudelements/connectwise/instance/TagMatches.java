package io.cloudelements.connectwise.instance;

import java.util.List;

/**
 * The answer to a search by ownership tag (contract §3).
 *
 * @param instances summaries of all instances that really carry the tag; an id is all that is
 *     certain of each
 * @param conclusive whether the service itself gave the answer. Only an empty one can lack the
 *     proof: a 404 without a request id, which a gateway in between may have given as well
 *     (contract §6)
 */
public record TagMatches(List<ListedInstance> instances, boolean conclusive) {

  /** An empty answer that may come from anything in between. */
  public static final TagMatches INCONCLUSIVE = new TagMatches(List.of(), false);

  public TagMatches {
    instances = List.copyOf(instances);
  }

  public static TagMatches of(List<ListedInstance> instances) {
    return new TagMatches(instances, true);
  }
}
