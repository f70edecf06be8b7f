package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.simulator.model.Instance;
import java.util.List;
import java.util.Optional;

/** What must hold on every schedule: after each step, and when all has come to rest. */
enum Oracle {
  // The first to be asked: what breaks it breaks others as well.
  O13_OWNERSHIP_SHOWN(
      "An instance that never carried this resource's tag is not changed, but for the one call that"
          + " an asked-for adoption makes; one whose adoption was not complete is not deleted, and"
          + " gets back its tags.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return e.world().service().marked().fault();
    }

    @Override
    Optional<String> converged(Evidence e) {
      return e.resource().isPresent() || e.letGo()
          ? Optional.empty()
          : e.world().service().marked().notRestored(e.statusLost());
    }
  },

  O1_ONE_INSTANCE(
      "At most one live instance carries the ownership tag at any instant, and in the end exactly"
          + " as many as the user wants.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      List<Instance> ours = e.ours();
      return violatedIf(
          ours.size() > Math.max(1, e.expectation().most()) + e.extraInstances(),
          ours + " live at once");
    }

    @Override
    Optional<String> converged(Evidence e) {
      List<Instance> ours = e.ours();
      boolean wrong =
          ours.size() < e.expectation().fewest()
              // without a resource, too many are orphans
              || (e.resource().isPresent()
                  && ours.size() > e.expectation().most() + e.extraInstances());
      boolean unreported = e.extraInstances() > 0 && !e.reportsDuplicates();
      return violatedIf(wrong, "in the end there are " + ours)
          .or(() -> violatedIf(unreported, "not reported as duplicates: " + ours));
    }
  },

  O2_TOKEN_DELIVERED("What is called ready has its token in the token Secret, and no other does.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      if (!(step instanceof Step.StatusWritten(var before, var after)) || !Statuses.ready(after)) {
        return Optional.empty();
      }
      boolean excused =
          after.tokenSecretRef() != null && e.changedDuringReconcile(after.tokenSecretRef().name());
      boolean instanceThere = e.named(after).isPresent();
      return Statuses.newlyReady(before, after) && !excused && instanceThere
          ? e.secretProblem(after)
          : Optional.empty();
    }

    @Override
    Optional<String> converged(Evidence e) {
      if (!e.ready()) {
        return Optional.empty();
      }
      ConnectWiseInstanceStatus status = e.status().orElseThrow();
      return e.secretProblem(status)
          .or(() -> e.templateProblem(status))
          .or(() -> violatedIf(e.ownedSecrets().size() != 1, "Secrets: " + e.ownedSecrets()));
    }
  },

  O3_READY_IS_CORRECT(
      "Ready says true exactly when the instance and its Secret are as the current generation asks,"
          + " and then observedGeneration is current.") {
    @Override
    Optional<String> converged(Evidence e) {
      if (e.resource().isEmpty()) {
        return Optional.empty();
      }
      boolean ready = e.ready();
      Optional<String> wrong =
          violatedIf(
              !e.expectation().ready().allows(ready, !e.ours().isEmpty()),
              "Ready is " + ready + ": " + e.status().map(Statuses::summary).orElse("no status"));
      return wrong.or(() -> ready && !e.accountIsWithheld() ? e.differs() : Optional.empty());
    }
  },

  O4_NO_WRITES_WHEN_CONVERGED(
      "Once converged, ten resync periods pass without a write or an effect.") {
    @Override
    Optional<String> converged(Evidence e) {
      return violatedIf(
              e.neverConverged() > 0, e.neverConverged() + " writes or effects once converged")
          .or(() ->
              violatedIf(
                  e.status().filter(Statuses::namesNextCheckAtRest).isPresent(),
                  "the status of a resource at rest names its next check"));
    }
  },

  O5_NO_ORPHAN("No instance is left without its resource, except under Retain.") {
    @Override
    Optional<String> converged(Evidence e) {
      return violatedIf(
          e.resource().isEmpty()
              && !e.letGo()
              && !e.expectation().orphanExcused()
              && !e.ours().isEmpty(),
          "left behind: " + e.ours());
    }
  },

  O6_GONE_BEFORE_RELEASED("The finalizer goes only when the instance is gone, or is to stay.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return step instanceof Step.FinalizerRemoved(var resource)
          ? violatedIf(
              !Asked.keepsInstance(resource.getSpec())
                  && !e.expectation().orphanExcused()
                  && !e.ours().isEmpty(),
              "released while there is " + e.ours())
          : Optional.empty();
    }
  },

  O7_NO_SECRET_SHOWN("No secret value, in no spelling, is in a status, event or exception.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return ScheduleCanaries.in(step.texts(), e.world());
    }
  },

  O8_ONE_CREATION("No more creations take effect than the user asked for, and no fewer.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      int posts = e.world().service().posts();
      return violatedIf(
          posts > e.expectation().mostPosts() + e.extraInstances(), posts + " creations");
    }

    @Override
    Optional<String> converged(Evidence e) {
      int posts = e.world().service().posts();
      return violatedIf(posts < e.expectation().fewestPosts(), "only " + posts + " creations");
    }
  },

  O9_NO_FORBIDDEN_CALLS(
      "No call is made while suspended, during a pause that the service asked for or while the"
          + " breaker is open, and no change while only planning or observing.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      if (step instanceof Step.SecretWritten(String name)) {
        return violatedIf(e.onlyPlans(), "Secret " + name + " is written under Plan");
      }
      if (!(step instanceof Step.RequestSent(String method, String target, boolean held))
          || e.running().isEmpty()) {
        return Optional.empty();
      }
      ConnectWiseInstanceSpec spec = e.running().get().input().resource().getSpec();
      boolean changes = !method.equals("GET");
      boolean passive =
          spec.managementPolicy() != null && !spec.managementPolicy().equals("Manage");
      return violatedIf(held, "called although the account was to be left alone")
          .or(() -> violatedIf(Boolean.TRUE.equals(spec.suspend()), "called while suspended"))
          .or(() ->
              violatedIf(
                  changes && passive, method + " " + target + " under " + spec.managementPolicy()));
    }
  },

  O10_BOUNDED(
      "A reconcile makes a bounded number of calls and ends without an exception, and a bounded"
          + " number of reconciles leads to rest.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return step instanceof Step.PortCalled(int count)
          ? violatedIf(count > Bounds.CALLS_PER_RECONCILE, count + " calls in one reconcile")
          : Optional.empty();
    }
  },

  O11_FOREIGN_INSTANCES_UNCHANGED(
      "An instance of another owner is never changed, deleted or used.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return violatedIf(
          e.world().service().foreignInstanceChanged(), "a stranger's instance was changed");
    }

    @Override
    Optional<String> converged(Evidence e) {
      // A person may have written the id into the status; in use it is with its token.
      return e.status()
          .filter(status -> e.ready() || e.secretProblem(status).isEmpty())
          .map(ConnectWiseInstanceStatus::instanceId)
          .filter(e.world().service()::isForeign)
          .map(id -> "a stranger's instance is in use: " + id);
    }
  },

  O12_TENANTS_ISOLATED(
      "No token of an instance marked for one namespace is written to a Secret of another, and what"
          + " opens an account object to none; no Secret is taken up but that of the resource's own"
          + " instance; no account's credential goes to a host that is not its own; nothing is read,"
          + " asked or written for a namespace without consent.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return e.world().isolation().fault(step, e);
    }
  },

  O14_NOTHING_SKIPPED(
      "No reconcile is skipped that should have run: because it is due or asked for, or because the"
          + " cluster differs from what the last one saw or left behind.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return step instanceof Step.NotReconciled(Optional<String> missed)
          ? missed
          : Optional.empty();
    }
  },

  O15_QUEUED_MAKES_NO_CALL("A reconcile that is queued writes nothing and calls nothing.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return step instanceof Step.Queued(int portCalls)
          ? violatedIf(portCalls > 0, portCalls + " port calls of a queued reconcile")
          : Optional.empty();
    }
  },

  O17_ACCOUNT_OWNER_HEEDED(
      "No call while suspended; no change in another organization, and none taken for the"
          + " account's, before its owner confirms; no creation beyond its limit of instances; an"
          + " account stays until its last resource is gone.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return e.world().isolation().disregarded(step, e);
    }
  },

  O18_MASS_DELETION_CONFIRMED(
      "Of resources that are deleted together with many others of the account, none has its"
          + " instance deleted before a person has confirmed that.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return e.world().massDeletion().fault(step, e.statusLost());
    }
  },

  O16_CONFIRMED_IN_OTHER_ACCOUNT(
      "After an attempt or an instance in one account, none is attempted in another before a person"
          + " has confirmed that one.") {
    @Override
    Optional<String> after(Step step, Evidence e) {
      return e.unconfirmedAttempt(step);
    }
  };

  private final String sentence;

  Oracle(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /** What is wrong right after a step; empty when nothing is. */
  Optional<String> after(Step step, Evidence evidence) {
    return Optional.empty();
  }

  /** What is wrong when nothing happens any more; empty when nothing is. */
  Optional<String> converged(Evidence evidence) {
    return Optional.empty();
  }

  /** The short name, as in the documentation. */
  String label() {
    return name().substring(0, name().indexOf('_'));
  }

  private static Optional<String> violatedIf(boolean violated, String what) {
    return violated ? Optional.of(what) : Optional.empty();
  }
}
