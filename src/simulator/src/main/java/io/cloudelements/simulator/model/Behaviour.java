package io.cloudelements.simulator.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What nobody could verify about the real service, as switches. The defaults and their sources are
 * on the fields of {@link Builder}; where nothing is known they take the side that is harder on a
 * client. {@code Behaviour.documented().with(b -> b.wrongPassword = WrongPassword.BAD_GATEWAY)}.
 */
public record Behaviour(
    TagShape tagsInCreationAnswer,
    TagShape tagsInAnswers,
    TagShape tagsInLists,
    boolean tokensInLists,
    Set<Answer> masked,
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
    boolean maskedValueIsStored,
    UnknownEntries unknownEntries,
    boolean softDeletion,
    int callsPerWindow,
    Duration window,
    boolean retryAfterSent) {

  /** How an answer shows tags; all three were seen (contract §2). */
  public enum TagShape {
    STRINGS,
    OBJECTS,
    ABSENT
  }

  /** The kinds of answers that carry a configuration. */
  public enum Answer {
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

  /** What happens to markup in names and tags. */
  public enum Sanitising {
    /** {@code <b>x</b>} becomes {@code x}; ampersands and quotes stay. */
    STRIPS_TAGS,
    /** What is left then has {@code &}, {@code "} and {@code '} written as entities. */
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
  public Behaviour with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts from this behaviour. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static final Behaviour DOCUMENTED = new Builder().build();

  /** A behaviour in the making; the fields say what each switch is about. */
  public static final class Builder {
    /** §2: absent from most answers to POST, even when the request had tags. */
    public TagShape tagsInCreationAnswer = TagShape.ABSENT;

    /** §2, §11: GET by id, PUT and PATCH. */
    public TagShape tagsInAnswers = TagShape.STRINGS;

    /** §3. */
    public TagShape tagsInLists = TagShape.STRINGS;

    /** §3: they were seen in lists, and nothing promises them there. */
    public boolean tokensInLists = true;

    /** §3, §11: which answers show {@code ********} for secrets; the oldest sample shows them. */
    public Set<Answer> masked = EnumSet.allOf(Answer.class);

    /** §3: AND or OR of several {@code tags[]}. */
    public boolean severalTagsMustAllMatch = true;

    /** §3, §11: {@code searchText}. */
    public boolean searchIgnoresCase;

    /** §6: text of the 400; {@code %s} is the list of entries. */
    public String missingEntriesMessage = "Missing required configuration entries: %s";

    /** §3: text of the 404 for an empty list. */
    public String emptyListMessage = "No element instances found";

    /** §3, §6: whether the 404 for an empty list is like the platform's other errors. */
    public boolean requestIdInEmptyList = true;

    /** §3: text of the 404 for an id; {@code %s} is the id. */
    public String missingInstanceMessage = "No element instance found with ID %s";

    /** §7. */
    public WrongPassword wrongPassword = WrongPassword.UNAUTHORIZED;

    /** §7: status of "Validate that you are using the correct WSDL path". */
    public int staleWsdlPathStatus = 502;

    /** §9. */
    public CrmPrefix crmPrefix = CrmPrefix.EITHER;

    /** §9: {@code connectwise.clientID} of the REST element, mandatory since 2020. */
    public boolean clientIdRequired;

    /** §4: whether PATCH with new credentials asks the provider. */
    public boolean patchVerifiesCredentials;

    /** §11: that the id survives PUT is not proven. */
    public boolean putChangesId;

    /** §11: that the token survives PUT is not proven. */
    public boolean putChangesToken;

    /** §11: not sure in lists. */
    public boolean disabledInLists;

    /** §3, §11. */
    public boolean validInLists = true;

    /** §3. */
    public ListConfiguration configurationInLists = ListConfiguration.NEVER;

    /** §3. */
    public DryLists dryLists = DryLists.ACCEPTED;

    /** §8.6. */
    public Sanitising sanitising = Sanitising.STRIPS_TAGS;

    /** §7: whether a creation that the provider refused leaves an invalid instance behind. */
    public boolean rejectedCreationLeavesInstance;

    /** §3: larger page sizes are cut to this, which is also the default. */
    public int maxPageSize = 200;

    /** §1, §11: DELETE by id with an Element token goes to the element's own resource. */
    public boolean elementTokenReroutesDeletion = true;

    /** §4: whether a mask that is written back replaces the secret. */
    public boolean maskedValueIsStored;

    /** §2. */
    public UnknownEntries unknownEntries = UnknownEntries.IGNORED;

    /** §3, §5: whether {@code includeDeleted=true} finds deleted instances. */
    public boolean softDeletion = true;

    /** §6: calls that a user has per window; 0 is no limit. */
    public int callsPerWindow;

    /** §6. */
    public Duration window = Duration.ofMinutes(1);

    /** §6: whether the 429 for too many calls says when to come back. */
    public boolean retryAfterSent = true;

    Builder() {}

    Builder(Behaviour from) {
      tagsInCreationAnswer = from.tagsInCreationAnswer;
      tagsInAnswers = from.tagsInAnswers;
      tagsInLists = from.tagsInLists;
      tokensInLists = from.tokensInLists;
      masked = from.masked;
      severalTagsMustAllMatch = from.severalTagsMustAllMatch;
      searchIgnoresCase = from.searchIgnoresCase;
      missingEntriesMessage = from.missingEntriesMessage;
      emptyListMessage = from.emptyListMessage;
      requestIdInEmptyList = from.requestIdInEmptyList;
      missingInstanceMessage = from.missingInstanceMessage;
      wrongPassword = from.wrongPassword;
      staleWsdlPathStatus = from.staleWsdlPathStatus;
      crmPrefix = from.crmPrefix;
      clientIdRequired = from.clientIdRequired;
      patchVerifiesCredentials = from.patchVerifiesCredentials;
      putChangesId = from.putChangesId;
      putChangesToken = from.putChangesToken;
      disabledInLists = from.disabledInLists;
      validInLists = from.validInLists;
      configurationInLists = from.configurationInLists;
      dryLists = from.dryLists;
      sanitising = from.sanitising;
      rejectedCreationLeavesInstance = from.rejectedCreationLeavesInstance;
      maxPageSize = from.maxPageSize;
      elementTokenReroutesDeletion = from.elementTokenReroutesDeletion;
      maskedValueIsStored = from.maskedValueIsStored;
      unknownEntries = from.unknownEntries;
      softDeletion = from.softDeletion;
      callsPerWindow = from.callsPerWindow;
      window = from.window;
      retryAfterSent = from.retryAfterSent;
    }

    public Behaviour build() {
      return new Behaviour(
          tagsInCreationAnswer,
          tagsInAnswers,
          tagsInLists,
          tokensInLists,
          Set.copyOf(masked),
          severalTagsMustAllMatch,
          searchIgnoresCase,
          missingEntriesMessage,
          emptyListMessage,
          requestIdInEmptyList,
          missingInstanceMessage,
          wrongPassword,
          staleWsdlPathStatus,
          crmPrefix,
          clientIdRequired,
          patchVerifiesCredentials,
          putChangesId,
          putChangesToken,
          disabledInLists,
          validInLists,
          configurationInLists,
          dryLists,
          sanitising,
          rejectedCreationLeavesInstance,
          maxPageSize,
          elementTokenReroutesDeletion,
          maskedValueIsStored,
          unknownEntries,
          softDeletion,
          callsPerWindow,
          window,
          retryAfterSent);
    }
  }
}
