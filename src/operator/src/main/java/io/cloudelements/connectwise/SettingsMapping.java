package io.cloudelements.connectwise;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;

/** What the parts of the operator get of the settings. */
public final class SettingsMapping {
  private SettingsMapping() {}

  public static ReconcileSettings reconcileSettings(OperatorConfig config, String clusterName) {
    return new ReconcileSettings(
        clusterName,
        config.remote().baseUrl(),
        AllowedBaseUrls.parse(config.remote().allowedBaseUrls())::permits,
        ProvisioningWindow.of(config.remote().provisionTimeout()),
        ResyncIntervals.withListings(config.drift().resyncInterval(), config.watch().secrets()),
        config.authority().mode());
  }

  /** What checks of account objects go by. */
  static AccountCheck.BaseUrlSettings accountSettings(OperatorConfig config) {
    return new AccountCheck.BaseUrlSettings(
        config.remote().baseUrl(),
        AllowedBaseUrls.parse(config.remote().allowedBaseUrls())::permits);
  }
}
