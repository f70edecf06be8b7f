package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The calls of Cloud Elements' {@code /instances} that the operator needs, in the core's terms.
 * Calls block (callers run on virtual threads) until an answer or a deadline, and throw {@link
 * InstancesApiException}, whose failure says what may have happened at the service.
 */
public interface InstancesApi {

  /**
   * {@code POST /instances}: slow (9–26 s), not idempotent (contract §2).
   *
   * @param window in which the call must be put on the wire, else it is not sent at all: what
   *     protects against duplicates counts from the recorded intent
   */
  RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window);

  /** {@code GET /instances/{id}} (contract §3). */
  RemoteInstance read(Account account, long id);

  /**
   * {@code GET /instances?tags[]=…}, all pages. The service's 404 for "none" is an empty answer,
   * and only instances whose tags really contain the tag are in it (contract §3).
   */
  TagMatches findByTag(Account account, OwnershipTag tag);

  /**
   * One page of {@code GET /instances}, whosever the instances are (contract §3); {@link
   * AccountListing} puts the pages together.
   *
   * @param page which one, and how
   */
  InstancePage listPage(Account account, PageRequest page);

  /**
   * {@code PATCH /instances/{id}}: tags replace all tags; what is empty is left alone (contract
   * §4), so that without both it only asks whether the instance is there.
   */
  RemoteInstance patch(Account account, long id, Optional<String> name, Optional<Set<String>> tags);

  /** {@code PUT /instances/{id}}: provisions anew; id and token usually stay (contract §4, §11). */
  RemoteInstance replace(Account account, long id, InstanceDefinition definition);

  /** {@code PUT} or {@code DELETE /instances/{id}/enabled} (contract §5). */
  void setEnabled(Account account, long id, boolean enabled);

  /**
   * {@code DELETE /instances/{id}}; 404 is a failure here, since only the caller knows its meaning.
   */
  void delete(Account account, long id);

  /**
   * Makes calls to one account that belong together in one turn: the turn is waited for before the
   * first of them, and none of them waits again. A call outside of a turn takes one of its own. A
   * turn belongs to the calling thread; one within another of the same account is the same turn.
   *
   * <p>Without a limit on what an account is asked, as here, there is nothing to wait for.
   *
   * @param priority why the calls are made, which decides who goes first
   * @param delayed is run once, in the calling thread, when the turn does not come soon
   */
  default <T> T inTurn(Account account, Priority priority, Runnable delayed, Supplier<T> calls) {
    return calls.get();
  }

  /** The same, for who has nothing to say about a wait. */
  default <T> T inTurn(Account account, Priority priority, Supplier<T> calls) {
    return inTurn(account, priority, () -> {}, calls);
  }
}
