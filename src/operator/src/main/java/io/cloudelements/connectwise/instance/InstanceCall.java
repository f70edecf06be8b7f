package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One call to Cloud Elements in the core's terms. Its properties (kind, path, effect, fields,
 * secrets) are methods here; {@code EncodedRequest} writes it.
 *
 * @param <T> what its answer means
 */
public sealed interface InstanceCall<T> {
  /** The path of all instances below the API base. */
  String INSTANCES = "/instances";

  /** The type of {@link T}. */
  Class<T> answerType();

  /** A call that is one HTTP request; a search is one for each page. */
  sealed interface Request<T> extends InstanceCall<T> {
    /** The path below the API base, with {@code {id}} in place of the instance's id. */
    default String route() {
      return switch (this) {
        case Create _, ListPage _ -> INSTANCES;
        case Read _, Patch _, Replace _, Delete _ -> INSTANCES + "/{id}";
        case SetEnabled _ -> INSTANCES + "/{id}/enabled";
        case ReadOrganization _ -> "/organizations/me";
        case ReadAuditLog _ -> "/audit-logs/element-instances/{id}";
      };
    }

    /** The same with the id. */
    default String path() {
      return instanceId()
          .map(id -> route().replace("{id}", Long.toString(id)))
          .orElseGet(this::route);
    }

    /** What its failure means where it is an answer like any other; empty: it fails. */
    default Optional<T> withoutAnswer(RemoteFailure failure) {
      return Optional.empty();
    }
  }

  /** Answered with the instance. */
  sealed interface ShowsInstance extends Request<RemoteInstance> {
    @Override
    default Class<RemoteInstance> answerType() {
      return RemoteInstance.class;
    }
  }

  /** Answered with no more than that it was done. */
  sealed interface ShowsNothing extends Request<Done> {
    @Override
    default Class<Done> answerType() {
      return Done.class;
    }
  }

  /** The answer to a command. */
  record Done() {}

  /**
   * {@code POST /instances}: slow (9–26 s), not idempotent (contract §2).
   *
   * @param window in which the call must be put on the wire, else it is not sent at all: what
   *     protects against duplicates counts from the recorded intent
   */
  record Create(InstanceDefinition definition, SendWindow window) implements ShowsInstance {}

  /** {@code GET /instances/{id}} (contract §3). */
  record Read(long id) implements ShowsInstance {}

  /**
   * {@code GET /instances?tags[]=…}, all pages. The service's 404 for "none" is an empty answer,
   * and only instances whose tags really contain the tag are in it (contract §3).
   */
  record FindByTag(OwnershipTag tag) implements InstanceCall<TagMatches> {
    @Override
    public Class<TagMatches> answerType() {
      return TagMatches.class;
    }
  }

  /**
   * One page of {@code GET /instances} (contract §3).
   *
   * @param tag empty: every instance that the account's user sees
   */
  record ListPage(Optional<OwnershipTag> tag, PageRequest page) implements Request<InstancePage> {
    @Override
    public Class<InstancePage> answerType() {
      return InstancePage.class;
    }
  }

  /** {@code GET /organizations/me}: whose account it is, where the service tells (contract §11). */
  record ReadOrganization() implements Request<OrganizationAnswer> {
    @Override
    public Class<OrganizationAnswer> answerType() {
      return OrganizationAnswer.class;
    }
  }

  /**
   * {@code GET /audit-logs/element-instances/{id}}: who changed an instance last, where the service
   * tells (contract §11). It informs only: no failure of it says anything about the account.
   *
   * @param from how old a change may be
   * @param to when the instance was found changed
   */
  record ReadAuditLog(long id, Instant from, Instant to) implements Request<AuditLogAnswer> {
    @Override
    public Class<AuditLogAnswer> answerType() {
      return AuditLogAnswer.class;
    }

    @Override
    public Optional<AuditLogAnswer> withoutAnswer(RemoteFailure failure) {
      int status = failure.answer().status();
      return Optional.of(
          new AuditLogAnswer.NotTold(
              status == 0
                  ? "its audit log did not answer"
                  : "its audit log answered with status " + status));
    }
  }

  /**
   * {@code PATCH /instances/{id}}: tags replace all tags; what is empty is left alone (contract
   * §4), so that without both it only asks whether the instance is there.
   */
  record Patch(long id, Optional<String> name, Optional<Set<String>> tags)
      implements ShowsInstance {
    public Patch {
      tags = tags.map(Set::copyOf);
    }
  }

  /** {@code PUT /instances/{id}}: provisions anew; id and token usually stay (contract §4, §11). */
  record Replace(long id, InstanceDefinition definition) implements ShowsInstance {}

  /** {@code PUT} or {@code DELETE /instances/{id}/enabled} (contract §5). */
  record SetEnabled(long id, boolean enabled) implements ShowsNothing {}

  /** {@code DELETE /instances/{id}} (contract §5). */
  record Delete(long id) implements ShowsNothing {}

  /** What it is for. */
  default CallKind kind() {
    return switch (this) {
      case Create _ -> CallKind.CREATE;
      case Read _ -> CallKind.READ;
      case FindByTag _ -> CallKind.FIND;
      case ListPage _ -> CallKind.LIST;
      case ReadOrganization _ -> CallKind.ORGANIZATION;
      case ReadAuditLog _ -> CallKind.AUDIT_LOG;
      case Patch _ -> CallKind.PATCH;
      case Replace _ -> CallKind.REPLACE;
      case SetEnabled(_, boolean enabled) -> enabled ? CallKind.ENABLE : CallKind.DISABLE;
      case Delete _ -> CallKind.DELETE;
    };
  }

  /** Whether it changes nothing at the service. */
  default boolean isRead() {
    return kind().isRead();
  }

  /** The id of the one instance that it is about, where it has one already. */
  default Optional<Long> instanceId() {
    return switch (this) {
      case Read(long id) -> Optional.of(id);
      case ReadAuditLog(long id, _, _) -> Optional.of(id);
      case Patch(long id, _, _) -> Optional.of(id);
      case Replace(long id, _) -> Optional.of(id);
      case SetEnabled(long id, _) -> Optional.of(id);
      case Delete(long id) -> Optional.of(id);
      case Create _, FindByTag _, ListPage _, ReadOrganization _ -> Optional.empty();
    };
  }

  /**
   * The fields of the instance that it sets, by name: configuration entries by their full names,
   * and no value.
   */
  default List<String> fieldNames() {
    return switch (this) {
      case Create(var definition, _) -> definition.fieldNames();
      case Replace(_, var definition) -> definition.fieldNames();
      case Patch(_, var name, var tags) ->
          Stream.concat(name.map(_ -> "name").stream(), tags.map(_ -> "tags").stream()).toList();
      case SetEnabled _ -> List.of("enabled");
      case Read _, FindByTag _, ListPage _, ReadOrganization _, ReadAuditLog _, Delete _ ->
          List.of();
    };
  }

  /** What it may have done when its end is unknown. */
  default Effect effectIfUnanswered() {
    return isRead() ? Effect.NONE : Effect.UNKNOWN;
  }

  /** The instance that is sent, by calls that provision: they take 9–26 s (contract §2). */
  default Optional<InstanceDefinition> provisioned() {
    return switch (this) {
      case Create create -> Optional.of(create.definition());
      case Replace replace -> Optional.of(replace.definition());
      case Patch _,
          Read _,
          FindByTag _,
          ListPage _,
          ReadOrganization _,
          ReadAuditLog _,
          SetEnabled _,
          Delete _ ->
          Optional.empty();
    };
  }

  /** When it may be put on the wire. */
  default SendWindow sendWindow() {
    return this instanceof Create create ? create.window() : SendWindow.ALWAYS;
  }

  /** Whether a 401 may be ConnectWise's own, passed on by the platform (contract §7). */
  default boolean reachesProvider() {
    return switch (this) {
      case Create _, Replace _, Patch _ -> true;
      case Read _,
          FindByTag _,
          ListPage _,
          ReadOrganization _,
          ReadAuditLog _,
          SetEnabled _,
          Delete _ ->
          false;
    };
  }

  /** The secrets that it sends to the service, and that its answer may quote. */
  default List<SecretValue> secrets() {
    return provisioned()
        .map(InstanceDefinition::configuration)
        .map(Configuration::secrets)
        .orElse(List.of());
  }

  /** Whether the service's mask would be sent in place of a value (contract §4). */
  default boolean isMasked() {
    return provisioned()
        .map(definition -> definition.configuration().entries().values())
        .map(values -> values.contains(SecretValue.of(Configuration.MASK)))
        .orElse(false);
  }
}
