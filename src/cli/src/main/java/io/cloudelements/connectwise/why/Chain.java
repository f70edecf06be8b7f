package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Why a resource is not ready, or that it is.
 *
 * @param ready whether it can be used, as its spec stands now
 * @param stalled whether nothing changes until a person acts
 * @param links all of them, in their order
 * @param cause the one thing that is in the way; a resource that is ready may have one too, when
 *     something that was asked is not followed
 * @param nextCheckAt when the operator checks it again without an event; empty where the status
 *     does not say it, and where the status is about an older spec
 */
public record Chain(
    ResourceId resource,
    boolean ready,
    boolean stalled,
    List<ChainLink> links,
    Optional<BlockingCause> cause,
    Optional<Instant> nextCheckAt) {
  public Chain {
    links = List.copyOf(links);
  }

  public static Chain of(WhyFacts facts) {
    StatusView status = new StatusView(facts.resource());
    Optional<BlockingCause> cause = BlockingCause.of(facts);
    return new Chain(
        facts.id(),
        status.isReady() && status.isCurrent(),
        status.isStalled() && status.isCurrent(),
        Arrays.stream(LinkName.values()).map(name -> link(name, facts, cause)).toList(),
        cause,
        StatusReader.nextCheckAt(facts.resource())
            .filter(_ -> status.isCurrent() && cause.isPresent()));
  }

  /** The link of the cause is never whole, also when its own state says so. */
  private static ChainLink link(LinkName name, WhyFacts facts, Optional<BlockingCause> cause) {
    LinkState own = LinkStates.of(name, facts);
    return new ChainLink(
        name,
        cause
            .filter(known -> known.link() == name && !(own instanceof LinkState.Broken))
            .<LinkState>map(known ->
                known.waits()
                    ? new LinkState.Untold(known.meaning() + queue(name, facts, own))
                    : new LinkState.Broken(known.meaning()))
            .orElse(own));
  }

  /** Adds breaker and queue of the account, with the resource's position where that is known. */
  private static String queue(LinkName name, WhyFacts facts, LinkState own) {
    return name == LinkName.ADMISSION && facts.admission() instanceof AdmissionView.Told
        ? " " + own.sentence()
        : "";
  }
}
