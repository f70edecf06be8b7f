package io.cloudelements.connectwise.instance;

/**
 * What a person should know of a reason; the condition's message says it of the resource at hand.
 *
 * @param meaning what is the case
 * @param next what the operator does by itself
 * @param remedy what is left for a person
 */
public record ReasonText(String meaning, String next, String remedy) {

  public static ReasonText of(Reason reason) {
    return switch (reason) {
      case AVAILABLE ->
          new ReasonText(
              "The instance exists as described, is valid and enabled, and its token is in the "
                  + "Secret.",
              "Compares it with the resource at every drift check, and at once when the resource or "
                  + "its Secrets change.",
              "Nothing.");
      case DISABLED_AS_ASKED ->
          new ReasonText(
              "The instance is disabled, as spec.enabled: false asks.",
              "Keeps it so: enabled by somebody else, it is disabled again at the next drift check.",
              "Nothing; set spec.enabled: true to use it again.");
      case DISABLED ->
          new ReasonText(
              "The instance is disabled at the service, and nobody asked for that here.",
              "Only reports it, since spec.enabled is unset; looks again at every drift check.",
              "Enable it in the service's console, or set spec.enabled to true or false to say what "
                  + "you want.");
      case INVALID ->
          new ReasonText(
              "The service itself calls the instance invalid, so calls with its token may fail.",
              "Looks again at every drift check, and sends changed credentials at once.",
              "Check user name, password, server URL and company in the credentials Secret against "
                  + "ConnectWise.");
      case PROVISIONING ->
          new ReasonText(
              "The creation is recorded and under way; the service takes 9 to 26 s for it.",
              "Waits for the answer, writes the token Secret, and reports.",
              "Wait; after PROVISION_TIMEOUT the reason changes.");
      case AWAITING_OUTCOME ->
          new ReasonText(
              "A creation was sent, or may have been, and nobody knows what became of it.",
              "Searches for the instance again and again and uses it as soon as it shows; sends a "
                  + "new creation only when the window in the message has passed and the search is still "
                  + "empty.",
              "Wait until the time in the message; do not create the instance by hand.");
      case UPDATING ->
          new ReasonText(
              "A change is being sent, or a part of it has been and the rest follows.",
              "Sends the rest at once.",
              "Wait; where ConnectWise is asked again it takes 9 to 26 s.");
      case WAITING_FOR_SECRET ->
          new ReasonText(
              "A Secret that the resource refers to, or a key of it, is not there yet.",
              "Goes on as soon as it is there. After two minutes the resource is Stalled; an instance "
                  + "that works stays Ready for the first of them.",
              "Wait, or create what the message names.");
      case PLANNED ->
          new ReasonText(
              "managementPolicy is Plan: nothing is changed, neither at the service nor in the "
                  + "token Secret.",
              "Reads the service at every drift check and keeps status.plan current.",
              "Read status.plan; set managementPolicy: Manage to have it done.");
      case SUSPENDED ->
          new ReasonText(
              "spec.suspend is true, so no call is made and nothing but this is written.",
              "Nothing until spec.suspend is taken away, not even deletion.",
              "Set spec.suspend: false when the work that it was for is done.");
      case INVALID_SPEC ->
          new ReasonText(
              "The spec says something that this version cannot carry out, and that the installed "
                  + "schema did not refuse.",
              "Waits for a change of the spec; no call is made.",
              "Correct the field that the message names; apply the CRD of this version, which "
                  + "refuses such a spec at once.");
      case BASE_URL_NOT_ALLOWED ->
          new ReasonText(
              "spec.baseUrl, or the operator's default, is not on its list of allowed base URLs.",
              "Waits for a change; no secret is sent anywhere.",
              "Use an allowed URL, or have CLOUD_ELEMENTS_ALLOWED_BASE_URLS extended by whoever "
                  + "runs the operator.");
      case SECRET_NOT_FOUND ->
          new ReasonText(
              "A Secret that the resource refers to is not in its namespace.",
              "Goes on as soon as the Secret is there; no call is made before.",
              "Create the Secret that the message names, or correct the reference.");
      case MISSING_ENTRIES ->
          new ReasonText(
              "The Secret lacks keys that this element needs; the message lists all of them.",
              "Goes on as soon as they are there; no call is made before.",
              "Add the listed keys to the Secret.");
      case MALFORMED_ENTRIES ->
          new ReasonText(
              "Values in the Secret cannot be meant as they are: a line break, an invisible "
                  + "character, a space at an end, a part of a header, too much of it, or no text at all.",
              "Goes on as soon as they are corrected; no call is made before.",
              "Write the listed keys again, with stringData or without the line break that echo "
                  + "adds; the message has position and name of the character.");
      case ADDRESS_NOT_IN_SECRET ->
          new ReasonText(
              "spec.configuration says where the credentials go (server.url, baseUrl, a callback), and "
                  + "their Secret does not let it.",
              "Goes on as soon as the spec or the Secret's label is changed; no call is made before.",
              "Move the entry that the message names to the Secret; or, if the users who may write "
                  + "this resource may choose the address, label the Secret cloudelements.io/address-from-spec: "
                  + "\"true\".");
      case ACCOUNT_REJECTED ->
          new ReasonText(
              "The service does not know the account: user secret, organization secret and base URL "
                  + "do not belong together.",
              "Asks again, rarely, and at once when the Secret changes.",
              "Check userSecret and organizationSecret, and whether they are of the US, EU or "
                  + "staging platform that the base URL names.");
      case ACCESS_DENIED ->
          new ReasonText(
              "The service knows the account's user and does not let it work with instances.",
              "Asks again, rarely, and at once when the Secret changes.",
              "Grant the user the privileges for element instances in the service's console, or use "
                  + "the secrets of another user.");
      case PROVIDER_REJECTED ->
          new ReasonText(
              "The service or ConnectWise refused what was sent: a wrong password, company or URL, "
                  + "or an entry that the element does not know.",
              "Asks again, rarely, and at once when the resource or a Secret changes.",
              "Correct the entries in the credentials Secret or in spec.configuration; the message "
                  + "quotes what ConnectWise said.");
      case NOT_ACCEPTED ->
          new ReasonText(
              "The instance works, but the service keeps another value than the one that was sent.",
              "Does not send the same again; compares at every drift check.",
              "Write the value that the service keeps, which its console shows, into the resource "
                  + "or its Secret.");
      case SECRET_CONFLICT ->
          new ReasonText(
              "A Secret with the name of the generated one exists and belongs to somebody else.",
              "Leaves that Secret alone and makes no call; looks again at every drift check.",
              "Set spec.tokenSecret.name to another name, or remove that Secret.");
      case NOT_FOUND ->
          new ReasonText(
              "The instance to adopt, to observe or to plan for is not in this account.",
              "Looks again at every drift check; no other instance is made in its place.",
              "Check the id in spec.adoptInstanceId and whether the account's user may see it. With "
                  + "managementPolicy: Plan, status.plan says what Manage would make in its place.");
      case WRONG_ELEMENT ->
          new ReasonText(
              "The instance found is of another element than the resource asks for.",
              "Leaves it alone; looks again at every drift check.",
              "Name an instance of the right element, or create another resource with the right hub "
                  + "and element.");
      case ADOPTION_REFUSED ->
          new ReasonText(
              "spec.adoptInstanceId was added to a resource that has an instance already.",
              "Keeps and maintains the instance that it has; adopts the other once that one is proven "
                  + "gone.",
              "Do as the message says to change over, or to keep the instance.");
      case OWNED_BY_ANOTHER ->
          new ReasonText(
              "The instance carries the ownership tag of another resource or cluster.",
              "Leaves it alone; looks again at every drift check.",
              "Make sure that the other owner has let go of it, then annotate this resource with "
                  + "cloudelements.io/take-over and the instance's id as value. It is followed once.");
      case OWNERSHIP_NOT_SHOWN ->
          new ReasonText(
              "The service does not show this resource's ownership tag on the instance that the "
                  + "resource names, neither by its id nor in the search by that tag.",
              "Only reads it: changes and deletes nothing, and delivers no token; looks again at every "
                  + "drift check.",
              "Put the tag back at the service, or annotate with cloudelements.io/take-over and the "
                  + "instance's id as value. A deletion that waits for it ends with "
                  + "spec.deletionPolicy: Retain.");
      case ACCOUNT_CHANGED ->
          new ReasonText(
              "The instance was made in another account than the Secret opens now, so nothing "
                  + "proves that it is gone.",
              "Looks for its tag in the account that opens now, and changes nothing until it shows or a "
                  + "person decides.",
              "Put back what was changed by mistake; a user's secret that was reset cannot be put back, "
                  + "so use the new one of the same user. Or annotate with cloudelements.io/confirm-recreate "
                  + "and the fingerprint in the message as value, to begin anew in this account.");
      case RECREATION_HELD ->
          new ReasonText(
              "Many instances of the account are gone at once, which looks like a fault rather than "
                  + "like deletions.",
              "Makes none of them again; uses each as soon as it shows again.",
              "Check the account and its user's privileges; annotate each resource that is to be "
                  + "recreated with cloudelements.io/confirm-recreate and the id of its instance as value.");
      case RECREATION_DELAYED ->
          new ReasonText(
              "The instance is gone, and it replaced another one less than an hour ago.",
              "Makes no further one before the time in the message; uses the instance as soon as it "
                  + "shows again.",
              "Find out who deletes the instances, or whether a gateway answers for the service; "
                  + "annotate with cloudelements.io/confirm-recreate and the id of the lost instance as value to "
                  + "recreate it now.");
      case CLUSTER_WRITE_REFUSED ->
          new ReasonText(
              "The API server does not let the operator write, and the generated Secret is not as "
                  + "it should be: a policy, a quota, a missing right or a finalizer is in the way.",
              "Repeats the write in growing pauses, up to five minutes, and asks the service "
                  + "nothing; what was made there is remembered.",
              "Change what the message names; the write then succeeds by itself.");
      case CLUSTER_WRITE_REFUSED_IN_USE ->
          new ReasonText(
              "The API server does not let the operator write, and the instance and its token can "
                  + "be used all the same.",
              "Repeats the write in growing pauses, up to five minutes, and asks the service "
                  + "nothing.",
              "Change what the message names; the write then succeeds by itself.");
      case CLUSTER_WRITE_REFUSED_AT_DELETION ->
          new ReasonText(
              "The API server does not let the operator write while the resource is being deleted.",
              "Repeats the write in growing pauses, up to five minutes, and asks the service "
                  + "nothing.",
              "Change what the message names; the resource then goes by itself.");
      case RATE_LIMITED ->
          new ReasonText(
              "The service limits the rate of calls (429).",
              "Waits as long as the service asks, then goes on.",
              "Nothing; if it stays, lower ACCOUNT_MAX_CONCURRENT_REQUESTS or ask the service for a "
                  + "higher limit.");
      case TIMED_OUT ->
          new ReasonText(
              "The service did not answer within the deadline.",
              "Finds out by a search whether the call took effect, and tries again in growing "
                  + "pauses.",
              "Nothing; if it stays, look at the service's status page and raise PROVISION_TIMEOUT "
                  + "or REQUEST_TIMEOUT.");
      case UNREACHABLE ->
          new ReasonText(
              "No connection to the service: its name is not found, nothing listens, or its "
                  + "certificate is not trusted.",
              "Tries again in growing pauses.",
              "Check base URL, proxy, CA_BUNDLE and the network policy if it stays.");
      case CONNECTION_LOST ->
          new ReasonText(
              "The connection broke while a call was under way.",
              "Finds out by a search whether the call took effect, and tries again in growing "
                  + "pauses.",
              "Nothing; if it stays, look for a proxy or firewall that cuts connections which are "
                  + "silent for 30 s.");
      case SERVICE_FAILED ->
          new ReasonText(
              "The service answered with an error of its own (5xx, or a conflict).",
              "Finds out by a search whether the call took effect, and tries again in growing "
                  + "pauses.",
              "Nothing; if it stays, give the request id in the message to the service's support.");
      case UNEXPECTED_ANSWER ->
          new ReasonText(
              "The answer is not one of Cloud Elements' API: a page of HTML, broken JSON, or a "
                  + "contradiction.",
              "Trusts nothing of it, and tries again in growing pauses.",
              "Check that the base URL ends in /elements/api-v2 and that no proxy answers in the "
                  + "service's place.");
      case HELD_BACK ->
          new ReasonText(
              "The operator itself did not send the call: the account failed too often, or too many "
                  + "calls wait.",
              "Tries again by itself; one call at a time probes a failing account.",
              "Look at the other resources of the same account (status.account) for the failure "
                  + "behind it.");
      case FORMER_SECRET ->
          new ReasonText(
              "A former resource of the same name left its token Secret, and the garbage collector "
                  + "has not removed it yet.",
              "Looks again after seconds, in growing pauses; makes no call and leaves that Secret "
                  + "alone.",
              "Wait; if it stays, remove the Secret that the message names.");
      case INTERNAL_ERROR ->
          new ReasonText(
              "The operator met a case that it does not know; nothing can be said of the instance.",
              "Tries again in growing pauses; nothing is deleted or created on a guess.",
              "Report it with the operator's log lines about this resource.");
      case DELETING ->
          new ReasonText(
              "The resource is being deleted, and its instances with it.",
              "Deletes everything that carries the ownership tag, then lets the resource go.",
              "Wait; an open creation is waited out first, until the time in the message.");
      case DELETION_BLOCKED ->
          new ReasonText(
              "The instance cannot be deleted before a person acts.",
              "Tries again, rarely, and at once when the resource or a Secret changes.",
              "Remove what the message names; or set spec.deletionPolicy: Retain to leave the "
                  + "instance at the service.");
      case CRD_IS_BEING_DELETED ->
          new ReasonText(
              "The CRD connectwiseinstances.cloudelements.io is being deleted, or was deleted and "
                  + "applied again. The API server deletes every resource with it; no instance is "
                  + "deleted because of that.",
              "Makes no call, and looks at the CRD again, rarely, and at once when the resource "
                  + "changes.",
              "To keep the instance, set spec.deletionPolicy: Retain, and apply CRD and manifest again "
                  + "once both are gone: the instance is found by its tag. To delete it, annotate the "
                  + "CRD with cloudelements.io/confirm-deletion: \"true\".");
      case DELETED ->
          new ReasonText(
              "No instance carries this resource's ownership tag any more.",
              "Removes its finalizer: the resource disappears.",
              "Nothing.");
      case RETAINED ->
          new ReasonText(
              "The resource goes, and the instance stays at the service as it is.",
              "Removes its finalizer: the resource disappears, and with it the token Secret.",
              "Nothing; a new resource with spec.adoptInstanceId takes the instance back.");
    };
  }
}
