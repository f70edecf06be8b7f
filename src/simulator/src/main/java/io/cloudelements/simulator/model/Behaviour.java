package io.cloudelements.simulator.model;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Unverified behaviour of the real service, as switches. The defaults and their sources are on the
 * fields of {@link BehaviourBuilder}; where nothing is known they take the side that is harder on a
 * client. {@code Behaviour.documented().with(b -> b.wrongPassword = WrongPassword.BAD_GATEWAY)}.
 */
public record Behaviour(
    TagFormat tagsInCreationAnswer,
    TagFormat tagsInAnswers,
    TagFormat tagsInLists,
    boolean tokensInLists,
    Set<AnswerKind> masked,
    boolean severalTagsMustAllMatch,
    boolean searchIgnoresCase,
    String missingEntriesMessage,
    String emptyListMessage,
    boolean requestIdInEmptyList,
    String missingInstanceMessage,
    WrongPassword wrongPassword,
    int staleWsdlPathStatus,
    CrmPrefix crmPrefix,
    boolean clientIdRequired,
    boolean patchVerifiesCredentials,
    boolean putChangesId,
    boolean putChangesToken,
    boolean disabledInLists,
    boolean validInLists,
    ListConfiguration configurationInLists,
    DryLists dryLists,
    Sanitising sanitising,
    boolean rejectedCreationLeavesInstance,
    int maxPageSize,
    boolean elementTokenReroutesDeletion,
    boolean organizationRequiredInElementCalls,
    boolean hubMustFitInstance,
    OrganizationReply organizationReply,
    AuditLogReply auditLogReply,
    boolean maskedValueIsStored,
    UnknownEntries unknownEntries,
    boolean softDeletion,
    int callsPerWindow,
    Duration window,
    boolean retryAfterSent) {

  /** How an answer shows tags; all three were seen (contract §2). */
  public enum TagFormat {
    STRINGS,
    OBJECTS,
    ABSENT
  }

  /** The kinds of answers that carry a configuration. */
  public enum AnswerKind {
    POST,
    GET,
    PUT,
    PATCH,
    LIST
  }

  /** What becomes of a creation whose login ConnectWise refuses (contract §7: all were seen). */
  public enum WrongPassword {
    UNAUTHORIZED,
    BAD_REQUEST,
    SERVER_ERROR,
    BAD_GATEWAY,
    /** 200, and an instance that does not work. */
    DEAD_INSTANCE
  }

  /** Under which prefix {@code connectwisecrm} takes its four entries (contract §9). */
  public enum CrmPrefix {
    CRM,
    HELPDESK,
    /** Either, and answers show what was sent. */
    EITHER,
    EITHER_SHOWN_AS_HELPDESK
  }

  /** Whether list items carry the configuration. */
  public enum ListConfiguration {
    NEVER,
    /** Unless the call says {@code hydrate=false}. */
    WHEN_HYDRATED,
    ALWAYS
  }

  /** What becomes of {@code hydrate=false} (contract §3: sent by the vendor's own tools alone). */
  public enum DryLists {
    /** Items lack the configuration. */
    ACCEPTED,
    IGNORED,
    /** 400. */
    REFUSED,
    /** Items lack more than the configuration. */
    WITHOUT_TAGS
  }

  /** What becomes of the question for the organization. */
  public enum OrganizationReply {
    /** Id and name, and the organization's secret. */
    TOLD,
    ID_IS_TEXT,
    ID_IS_OBJECT,
    ID_ABSENT,
    NAME_ABSENT,
    /** A list with the organization in it. */
    ARRAY,
    /** 200, and a page for people. */
    HTML,
    NOT_FOUND,
    /** As for invalid secrets, which they are not. */
    UNAUTHORIZED,
    FORBIDDEN
  }

  /** What becomes of the question who changed an instance. */
  public enum AuditLogReply {
    /** A list of the changes, oldest first. */
    TOLD,
    /** The same, with milliseconds for times. */
    TIME_IS_NUMBER,
    /** Changes of all times; the period of the request is ignored. */
    PERIOD_IGNORED,
    EMPTY,
    /** The list inside of an object. */
    OBJECT,
    /** A list of things with other fields. */
    OTHER_NAMES,
    /** Every value quotes the secrets of user and instance. */
    SECRETS,
    /** Markup, control characters and thousands of letters in the id of the user. */
    HOSTILE,
    /** More than two megabytes. */
    VERY_LONG,
    /** 200, and a page for people. */
    HTML,
    NOT_FOUND,
    /** As for invalid secrets, which they are not. */
    UNAUTHORIZED,
    FORBIDDEN,
    UNAVAILABLE
  }

  /** What happens to markup in names and tags. */
  public enum Sanitising {
    /** {@code <b>x</b>} becomes {@code x}; ampersands and quotes stay. */
    STRIPS_TAGS,
    /** The rest has {@code &}, {@code "} and {@code '} written as entities. */
    STRIPS_TAGS_AND_ESCAPES
  }

  /** What happens to configuration entries that the element does not have. */
  public enum UnknownEntries {
    IGNORED,
    ECHOED,
    REJECTED
  }

  /** The defaults. */
  public static Behaviour documented() {
    return DOCUMENTED;
  }

  /** A copy with changes. */
  public Behaviour with(Consumer<BehaviourBuilder> change) {
    BehaviourBuilder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts from this behaviour. */
  public BehaviourBuilder toBuilder() {
    return new BehaviourBuilder(this);
  }

  private static final Behaviour DOCUMENTED = new BehaviourBuilder().build();
}
