package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.List;
import java.util.Optional;

/** An account that has no instance, and cannot make one. */
final class NothingThere implements InstancesApi {
  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    if (call instanceof InstanceCall.FindByTag) {
      return call.answerType().cast(TagMatches.of(List.of()));
    }
    throw new InstancesApiException(
        new RemoteFailure.NotFound(
            new RemoteFailure.ErrorAnswer(
                404, Optional.empty(), Optional.empty(), Optional.of("5b0437c6e4b07731"))));
  }
}
