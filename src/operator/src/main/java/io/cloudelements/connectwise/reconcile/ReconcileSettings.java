package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import java.net.URI;
import java.util.function.Predicate;

/**
 * What every reconcile needs of the operator's settings.
 *
 * @param clusterName part of every ownership tag
 * @param allowed the base URLs to which secrets may be sent
 * @param intervals of resources that have none of their own
 * @param mode the lowest of it and a resource's own policy holds
 */
public record ReconcileSettings(
    String clusterName,
    URI defaultBaseUrl,
    Predicate<URI> allowed,
    ProvisioningWindow window,
    ResyncIntervals intervals,
    ManagementPolicy mode) {

  /** Of an operator that manages. */
  public ReconcileSettings(
      String clusterName,
      URI defaultBaseUrl,
      Predicate<URI> allowed,
      ProvisioningWindow window,
      ResyncIntervals intervals) {
    this(clusterName, defaultBaseUrl, allowed, window, intervals, ManagementPolicy.MANAGE);
  }
}
