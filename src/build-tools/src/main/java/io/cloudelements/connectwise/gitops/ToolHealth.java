package io.cloudelements.connectwise.gitops;

import io.cloudelements.connectwise.instance.Reason;

/** What a GitOps tool has to make of a resource, which every tool has to agree with. */
enum ToolHealth {
  HEALTHY("Healthy"),
  PROGRESSING("Progressing"),
  FAILED("Degraded"),
  ON_HOLD("Suspended");

  private final String argoCd;

  ToolHealth(String argoCd) {
    this.argoCd = argoCd;
  }

  /** Argo CD's name of it. */
  String argoCd() {
    return argoCd;
  }

  /** As a person would say of a resource that is not being deleted. */
  static ToolHealth of(Reason.Kind kind) {
    return switch (kind) {
      case READY -> HEALTHY;
      case DEGRADED, STALLED, WITHHELD, REFUSED, DELETION_BLOCKED -> FAILED;
      case PROGRESSING, RETRYING, UNKNOWN, DELETING -> PROGRESSING;
      case PLANNED, SUSPENDED -> ON_HOLD;
      // the resource goes at once after this
      case FINISHED -> PROGRESSING;
    };
  }
}
