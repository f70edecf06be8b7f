package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.BaseUrlReader;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapter of {@link InstancesApi} to HTTP: encodes a call, sends it and classifies the answer,
 * without the secrets that it may quote.
 */
public final class HttpInstancesApi implements InstancesApi, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpInstancesApi.class);

  private final HttpTransport transport;
  private final HttpSettings.Timeouts timeouts;
  private final AllowedBaseUrls allowed;
  private final InstantSource clock;
  private final CallObserver observer;
  private final SecretScrubber.Cache scrubbers = new SecretScrubber.Cache();

  /** A call that was made. */
  private record EndedCall<T>(
      CallResult<T> result, Optional<Integer> status, Optional<String> requestId, Duration took)
      implements CallObserver.CallEnd {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.of(result);
    }
  }

  /**
   * @param transport is closed with this
   * @param allowed checked before every call, in addition to earlier checks
   * @param clock for dates in answers
   * @param observer observes each call
   */
  public HttpInstancesApi(
      HttpTransport transport,
      HttpSettings.Timeouts timeouts,
      AllowedBaseUrls allowed,
      InstantSource clock,
      CallObserver observer) {
    this.transport = transport;
    this.timeouts = timeouts;
    this.allowed = allowed;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public <T> T call(AccountAccess access, InstanceCall<T> call) {
    return switch (call) {
      case InstanceCall.FindByTag(OwnershipTag tag) ->
          call.answerType().cast(search(access, tag).matches());
      case InstanceCall.Request<T> request -> {
        yield switch (perform(access, request)) {
          case Success<T>(T value) -> value;
          case Failure<T>(RemoteFailure failure) -> throw new InstancesApiException(failure);
        };
      }
    };
  }

  private TagSearch search(AccountAccess access, OwnershipTag tag) {
    return new TagSearch(tag, page -> perform(access, new ListPage(Optional.of(tag), page)));
  }

  private <T> CallResult<T> perform(AccountAccess access, InstanceCall.Request<T> call) {
    Optional<String> objection = objection(access.account(), call);
    if (objection.isPresent()) {
      return new Failure<>(new NotSent(objection.get(), Optional.empty()));
    }
    Account account = access.account();
    EncodedRequest request = EncodedRequest.of(call);
    CallObserver.Begin begin =
        new CallObserver.Begin(
            request.method(), request.route(), account.baseUrl().getHost(), account.fingerprint());
    EndedCall<T> ended =
        observer.observe(begin, headers -> answered(call, send(access, call, request, headers)));
    log(request, ended);
    return ended.result();
  }

  /** Before it is counted: a failure that is an answer must raise no alarm. */
  private static <T> EndedCall<T> answered(InstanceCall.Request<T> call, EndedCall<T> ended) {
    CallResult<T> result =
        switch (ended.result()) {
          case Success<T> success -> success;
          case Failure<T> failed ->
              call.withoutAnswer(failed.failure()).<CallResult<T>>map(Success::new).orElse(failed);
        };
    return new EndedCall<>(result, ended.status(), ended.requestId(), ended.took());
  }

  private <T> EndedCall<T> send(
      AccountAccess access,
      InstanceCall.Request<T> call,
      EncodedRequest request,
      Map<String, String> headers) {
    SecretScrubber scrubber = scrubbers.scrubber(access, call);
    long started = System.nanoTime();
    HttpResult result = transport.send(httpCall(access.account(), call, request, headers));
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    return switch (result) {
      case HttpResult.Answered(Response response) ->
          new EndedCall<>(
              ResponseClassifier.classify(call, response, scrubber, clock.instant()),
              Optional.of(response.status()),
              ResponseClassifier.requestId(response, scrubber),
              took);
      case HttpResult.Broken(RemoteFailure failure) ->
          new EndedCall<>(new Failure<>(failure), Optional.empty(), Optional.empty(), took);
    };
  }

  /** Why the request must not be sent at all. */
  private Optional<String> objection(Account account, InstanceCall<?> call) {
    if (!allowed.permits(account.baseUrl())) {
      return Optional.of("the base URL is not one of the allowed ones");
    }
    if (!fitsHeader(account.userSecret()) || !fitsHeader(account.organizationSecret())) {
      return Optional.of("the user or organization secret has a character that no header may have");
    }
    if (call.isMasked()) {
      return Optional.of("a configuration entry is the service's mask instead of a value");
    }
    return Optional.empty();
  }

  private static boolean fitsHeader(SecretValue secret) {
    return secret.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private HttpCall httpCall(
      Account account, InstanceCall<?> call, EncodedRequest request, Map<String, String> further) {
    Optional<String> body = request.body().map(Json::write);
    Map<String, String> headers = new LinkedHashMap<>(further);
    headers.put("Accept", "application/json");
    headers.put("Accept-Encoding", "identity");
    headers.put(
        "Authorization",
        "User %s, Organization %s"
            .formatted(account.userSecret().reveal(), account.organizationSecret().reveal()));
    body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
    return new HttpCall(
        request.method(),
        URI.create(
            BaseUrlReader.withoutTrailingSlash(account.baseUrl().toString()) + request.target()),
        headers,
        body,
        call.provisioned().isPresent() ? timeouts.provision() : timeouts.request(),
        call.sendWindow(),
        call.effectIfUnanswered());
  }

  private static void log(EncodedRequest request, EndedCall<?> ended) {
    LOG.debug(
        "{} {}: {}, status {}, {} ms, request id {}",
        request.method(),
        request.route(),
        ended.outcome().label(),
        ended.status().orElse(0),
        ended.took().toMillis(),
        ended.requestId().orElse("none"));
  }

  @Override
  public void close() {
    transport.close();
  }
}
