package io.cloudelements.simulator.model;

import io.cloudelements.simulator.model.Behaviour.AnswerKind;
import io.cloudelements.simulator.model.Behaviour.AuditLogReply;
import io.cloudelements.simulator.model.Behaviour.CrmPrefix;
import io.cloudelements.simulator.model.Behaviour.DryLists;
import io.cloudelements.simulator.model.Behaviour.ListConfiguration;
import io.cloudelements.simulator.model.Behaviour.OrganizationReply;
import io.cloudelements.simulator.model.Behaviour.Sanitising;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import io.cloudelements.simulator.model.Behaviour.UnknownEntries;
import io.cloudelements.simulator.model.Behaviour.WrongPassword;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** A behaviour in the making; the fields say what each switch is about. */
public final class BehaviourBuilder {
  /** §2: absent from most answers to POST, even when the request had tags. */
  public TagFormat tagsInCreationAnswer = TagFormat.ABSENT;

  /** §2, §11: GET by id, PUT and PATCH. */
  public TagFormat tagsInAnswers = TagFormat.STRINGS;

  /** §3. */
  public TagFormat tagsInLists = TagFormat.STRINGS;

  /** §3: they were seen in lists, and nothing promises them there. */
  public boolean tokensInLists = true;

  /** §3, §11: which answers show {@code ********} for secrets; the oldest sample shows them. */
  public Set<AnswerKind> masked = EnumSet.allOf(AnswerKind.class);

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

  /**
   * §1, §11: whether calls of an element's API need the organization's secret; the documents
   * contradict each other.
   */
  public boolean organizationRequiredInElementCalls = true;

  /** §1, §5: whether the hub in the path of an element's API must be that of the instance. */
  public boolean hubMustFitInstance = true;

  /** §11: what {@code GET /organizations/me} is answered with, which nothing on the wire shows. */
  public OrganizationReply organizationReply = OrganizationReply.TOLD;

  /**
   * §11: what {@code GET /audit-logs/element-instances/{id}} is answered with, which nothing on the
   * wire shows; it needs a privilege.
   */
  public AuditLogReply auditLogReply = AuditLogReply.FORBIDDEN;

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

  BehaviourBuilder() {}

  BehaviourBuilder(Behaviour from) {
    tagsInCreationAnswer = from.tagsInCreationAnswer();
    tagsInAnswers = from.tagsInAnswers();
    tagsInLists = from.tagsInLists();
    tokensInLists = from.tokensInLists();
    masked = from.masked();
    severalTagsMustAllMatch = from.severalTagsMustAllMatch();
    searchIgnoresCase = from.searchIgnoresCase();
    missingEntriesMessage = from.missingEntriesMessage();
    emptyListMessage = from.emptyListMessage();
    requestIdInEmptyList = from.requestIdInEmptyList();
    missingInstanceMessage = from.missingInstanceMessage();
    wrongPassword = from.wrongPassword();
    staleWsdlPathStatus = from.staleWsdlPathStatus();
    crmPrefix = from.crmPrefix();
    clientIdRequired = from.clientIdRequired();
    patchVerifiesCredentials = from.patchVerifiesCredentials();
    putChangesId = from.putChangesId();
    putChangesToken = from.putChangesToken();
    disabledInLists = from.disabledInLists();
    validInLists = from.validInLists();
    configurationInLists = from.configurationInLists();
    dryLists = from.dryLists();
    sanitising = from.sanitising();
    rejectedCreationLeavesInstance = from.rejectedCreationLeavesInstance();
    maxPageSize = from.maxPageSize();
    elementTokenReroutesDeletion = from.elementTokenReroutesDeletion();
    organizationRequiredInElementCalls = from.organizationRequiredInElementCalls();
    hubMustFitInstance = from.hubMustFitInstance();
    organizationReply = from.organizationReply();
    auditLogReply = from.auditLogReply();
    maskedValueIsStored = from.maskedValueIsStored();
    unknownEntries = from.unknownEntries();
    softDeletion = from.softDeletion();
    callsPerWindow = from.callsPerWindow();
    window = from.window();
    retryAfterSent = from.retryAfterSent();
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
        organizationRequiredInElementCalls,
        hubMustFitInstance,
        organizationReply,
        auditLogReply,
        maskedValueIsStored,
        unknownEntries,
        softDeletion,
        callsPerWindow,
        window,
        retryAfterSent);
  }
}
