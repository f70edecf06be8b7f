package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Tells every change of state, and counts who is Ready. */
final class Progress implements Watcher<ConnectWiseInstance> {
  private final Narrator narrator;
  private final CountDownLatch ready;
  private final Map<String, String> told = new HashMap<>();

  Progress(Narrator narrator, CountDownLatch ready) {
    this.narrator = narrator;
    this.ready = ready;
  }

  @Override
  public void eventReceived(Action action, ConnectWiseInstance resource) {
    Optional<Condition> condition =
        Optional.ofNullable(resource.getStatus()).stream()
            .flatMap(status -> status.conditions().stream())
            .filter(each -> each.getType().equals("Ready"))
            .findFirst();
    String line =
        condition
            .map(each ->
                resource.getStatus().state()
                    + ", Ready="
                    + each.getStatus()
                    + ": "
                    + each.getMessage())
            .orElse("applied");
    if (!line.equals(told.put(resource.getMetadata().getName(), line))) {
      narrator.says(resource.getMetadata().getName(), line);
      condition.filter(each -> each.getStatus().equals("True")).ifPresent(_ -> ready.countDown());
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    narrator.says("the watch ended: " + cause.getMessage());
  }
}
