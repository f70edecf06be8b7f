package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.AccountLimits;
import io.cloudelements.connectwise.api.v1.AccountPermit;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.ApplicationUser;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;

/** The spec of an account object in the making; what stays null is not written. */
final class AccountDraft {
  /** The namespaces that may use it. */
  static final class Allowed {
    private Allowed() {}

    static AllowedNamespaces byNames(String... names) {
      return new AllowedNamespaces("Names", List.of(names), null);
    }

    static AllowedNamespaces bySelector(Map<String, String> labels) {
      return new AllowedNamespaces(
          "Selector", null, new LabelSelectorBuilder().withMatchLabels(labels).build());
    }

    static AllowedNamespaces everybody() {
      return new AllowedNamespaces("All", null, null);
    }
  }

  AllowedNamespaces allowed;
  String adoption;
  Integer instances;

  /** Whether applications have a user of their own. */
  boolean application;

  Boolean suspend;

  static AccountDraft of(CloudElementsAccountSpec spec) {
    AccountDraft draft = new AccountDraft();
    draft.allowed = spec.allowedNamespaces();
    draft.adoption = spec.permit() == null ? null : spec.permit().adoption();
    draft.instances = spec.limits() == null ? null : spec.limits().instances();
    draft.application = spec.applicationUser() != null;
    draft.suspend = spec.suspend();
    return draft;
  }

  CloudElementsAccountSpec finish() {
    return new CloudElementsAccountSpec(
        PlatformAccount.BASE_URL.toString(),
        new SecretReference(AccountObjects.SECRET.name()),
        allowed,
        adoption == null ? null : new AccountPermit(null, adoption),
        instances == null ? null : new AccountLimits(null, instances, null),
        application
            ? new ApplicationUser(new SecretReference(AccountObjects.APPLICATION.name()))
            : null,
        suspend);
  }
}
