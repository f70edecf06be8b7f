package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An account with instances, which notes each call among the writes of a cluster. */
final class ScriptedAccount implements InstancesApi {
  static final SecretValue TOKEN = SecretValue.of("the-token");

  private static final Availability USABLE =
      new Availability(Optional.of(true), Optional.of(false));

  private final List<String> journal;
  private final Map<Long, RemoteInstance> instances = new TreeMap<>();
  private Optional<Class<?>> failing = Optional.empty();
  private Optional<RemoteFailure> failure = Optional.empty();
  private Optional<Class<?>> fatal = Optional.empty();
  private boolean stubborn;
  private long next = 7;

  /**
   * @param journal to which each call is added by its kind
   */
  ScriptedAccount(List<String> journal) {
    this.journal = journal;
  }

  /** Has an instance from the start. */
  void has(long id, String name, Set<String> tags) {
    instances.put(
        id,
        new RemoteInstance(
            id,
            TOKEN,
            Optional.of(name),
            Optional.of("connectwisehd"),
            Optional.of(tags),
            USABLE,
            Map.of()));
  }

  /** Has no such instance any more; the next one has the next id. */
  void loses(long id) {
    instances.remove(id);
    next = id + 1;
  }

  /** From now on each call of this kind fails. */
  void fails(Class<? extends InstanceCall<?>> calls, RemoteFailure with) {
    failing = Optional.of(calls);
    failure = Optional.of(with);
  }

  /** From now on the process ends before such a call is answered. */
  void endsTheProcessAt(Class<? extends InstanceCall<?>> calls) {
    fatal = Optional.of(calls);
  }

  /** From now on it takes changes and shows what it showed before. */
  void followsNothing() {
    stubborn = true;
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    journal.add(call.kind().name());
    if (failing.filter(kind -> kind.isInstance(call)).isPresent()) {
      throw new InstancesApiException(failure.orElseThrow());
    }
    if (fatal.filter(kind -> kind.isInstance(call)).isPresent()) {
      throw new IllegalStateException("the process ends here");
    }
    return call.answerType().cast(answer(call));
  }

  private Object answer(InstanceCall<?> call) {
    return switch (call) {
      case InstanceCall.FindByTag(var tag) ->
          TagMatches.of(
              instances.values().stream()
                  .filter(found -> found.carries(tag))
                  .map(ScriptedAccount::listed)
                  .toList());
      case InstanceCall.Read(long id) -> found(id);
      case InstanceCall.Create(InstanceDefinition definition, _) -> {
        has(next, definition.name(), definition.tags());
        yield found(next);
      }
      case InstanceCall.Replace(long id, InstanceDefinition definition) ->
          changed(id, Optional.of(definition.name()), Optional.of(definition.tags()));
      case InstanceCall.Patch(long id, var name, var tags) -> changed(id, name, tags);
      case InstanceCall.Delete(long id) -> {
        instances.remove(id);
        yield new InstanceCall.Done();
      }
      default -> throw new AssertionError("an unexpected call: " + call);
    };
  }

  private RemoteInstance changed(long id, Optional<String> name, Optional<Set<String>> tags) {
    RemoteInstance before = found(id);
    if (!stubborn) {
      has(id, name.or(before::name).orElseThrow(), tags.or(before::tags).orElseThrow());
    }
    return found(id);
  }

  private RemoteInstance found(long id) {
    RemoteInstance found = instances.get(id);
    if (found == null) {
      throw new InstancesApiException(
          new RemoteFailure.NotFound(
              new RemoteFailure.ErrorAnswer(
                  404, Optional.empty(), Optional.empty(), Optional.of("5b0437c6e4b07731"))));
    }
    return found;
  }

  private static ListedInstance listed(RemoteInstance instance) {
    return new ListedInstance(
        instance.id(),
        instance.name(),
        instance.elementKey(),
        instance.tags(),
        instance.valid(),
        instance.disabled(),
        Optional.empty());
  }
}
