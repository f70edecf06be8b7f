package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.concurrent.CountDownLatch;

/**
 * Tells that a resource has changed, or may have: a watch that breaks off can miss a change.
 *
 * @param changed counted down then
 */
record KubernetesChangeWatcher(CountDownLatch changed) implements Watcher<ConnectWiseInstance> {
  @Override
  public void eventReceived(Action action, ConnectWiseInstance resource) {
    if (action != Action.BOOKMARK) {
      changed.countDown();
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    changed.countDown();
  }
}
