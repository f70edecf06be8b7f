package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.cloudelements.HttpCaller.HttpCall;
import io.cloudelements.connectwise.cloudelements.HttpCaller.HttpResult;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.Create;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.Delete;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.ListPage;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.Patch;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.Read;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.Replace;
import io.cloudelements.connectwise.cloudelements.InstancesRequest.SetEnabled;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port to {@code /instances} over HTTP. */
public final class HttpInstancesApi implements InstancesApi, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpInstancesApi.class);

  private final HttpCaller caller;
  private final HttpSettings settings;
  private final AllowedBaseUrls allowed;
  private final InstantSource clock;
  private final CallObserver observer;
  private final SecretScrubber.Cache scrubbers = new SecretScrubber.Cache();

  /** A call that was made. */
  private record Done<T>(
      CallResult<T> result, Optional<Integer> status, Optional<String> requestId, Duration took)
      implements CallObserver.End {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.of(result);
    }
  }

  /**
   * @param allowed checked before every call, whatever was checked before
   * @param observer looks on
   * @throws IllegalArgumentException when the CA bundle or the proxy of the settings is of no use
   */
  public HttpInstancesApi(
      Vertx vertx,
      HttpSettings settings,
      AllowedBaseUrls allowed,
      InstantSource clock,
      CallObserver observer) {
    this.caller = new HttpCaller(vertx, settings, clock);
    this.settings = settings;
    this.allowed = allowed;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public RemoteInstance create(Account account, InstanceDefinition definition, SendWindow window) {
    return call(account, new Create(definition), window);
  }

  @Override
  public RemoteInstance read(Account account, long id) {
    return call(account, new Read(id), SendWindow.ALWAYS);
  }

  @Override
  public TagMatches findByTag(Account account, OwnershipTag tag) {
    return new TagSearch(tag, request -> perform(account, request, SendWindow.ALWAYS)).matches();
  }

  @Override
  public InstancePage listPage(Account account, PageRequest page) {
    return call(account, new ListPage(page), SendWindow.ALWAYS);
  }

  @Override
  public RemoteInstance patch(
      Account account, long id, Optional<String> name, Optional<Set<String>> tags) {
    return call(account, new Patch(id, name, tags), SendWindow.ALWAYS);
  }

  @Override
  public RemoteInstance replace(Account account, long id, InstanceDefinition definition) {
    return call(account, new Replace(id, definition), SendWindow.ALWAYS);
  }

  @Override
  public void setEnabled(Account account, long id, boolean enabled) {
    call(account, new SetEnabled(id, enabled), SendWindow.ALWAYS);
  }

  @Override
  public void delete(Account account, long id) {
    call(account, new Delete(id), SendWindow.ALWAYS);
  }

  private <T> T call(Account account, InstancesRequest<T> request, SendWindow window) {
    return switch (perform(account, request, window)) {
      case Success<T>(T value) -> value;
      case Failure<T>(RemoteFailure failure) -> throw new InstancesApiException(failure);
    };
  }

  private <T> CallResult<T> perform(
      Account account, InstancesRequest<T> request, SendWindow window) {
    Optional<String> objection = objection(account, request);
    if (objection.isPresent()) {
      return new Failure<>(new NotSent(objection.get(), Optional.empty()));
    }
    CallObserver.Begin begin =
        new CallObserver.Begin(
            request.line().method(),
            request.line().route(),
            account.baseUrl().getHost(),
            account.fingerprint());
    Done<T> done = observer.observe(begin, headers -> send(account, request, window, headers));
    log(request.line(), done);
    return done.result();
  }

  private <T> Done<T> send(
      Account account,
      InstancesRequest<T> request,
      SendWindow window,
      Map<String, String> headers) {
    Redaction redaction = new Redaction(scrubbers.scrubber(account, request));
    long started = System.nanoTime();
    HttpResult ending =
        sendAgainWithoutEffect(outgoing(account, request, window, headers), started);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    return switch (ending) {
      case HttpResult.Answered(Response response) ->
          new Done<>(
              ResponseClassifier.classify(request, response, redaction, clock.instant()),
              Optional.of(response.status()),
              ResponseClassifier.requestId(response, redaction),
              took);
      case HttpResult.Broken(RemoteFailure failure) ->
          new Done<>(new Failure<>(failure), Optional.empty(), Optional.empty(), took);
    };
  }

  /** What forbids to send the request at all. */
  private Optional<String> objection(Account account, InstancesRequest<?> request) {
    if (!allowed.permits(account.baseUrl())) {
      return Optional.of("the base URL is not one of the allowed ones");
    }
    if (!fitsHeader(account.userSecret()) || !fitsHeader(account.organizationSecret())) {
      return Optional.of("the user or organization secret has a character that no header may have");
    }
    if (request.isMasked()) {
      return Optional.of("a configuration entry is the service's mask instead of a value");
    }
    return Optional.empty();
  }

  private static boolean fitsHeader(SecretValue secret) {
    return secret.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * Sends a call once more when the connection was lost and the call certainly had no effect: a
   * read, or a change of which no byte was written. The most frequent cause is harmless: the
   * service closed a pooled connection in the moment it was used.
   */
  private HttpResult sendAgainWithoutEffect(HttpCall outgoing, long started) {
    HttpResult ending = caller.send(outgoing);
    Duration left = outgoing.deadline().minusNanos(System.nanoTime() - started);
    boolean again =
        ending instanceof HttpResult.Broken(ConnectionLost lost)
            && lost.effect() == Effect.NONE
            && left.isPositive()
            && !Thread.currentThread().isInterrupted();
    return again ? caller.send(outgoing.within(left)) : ending;
  }

  private HttpCall outgoing(
      Account account,
      InstancesRequest<?> request,
      SendWindow window,
      Map<String, String> further) {
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
        request.line().method(),
        URI.create(withoutTrailingSlash(account.baseUrl()) + request.line().target()),
        headers,
        body,
        request.provisioned().isPresent() ? settings.provisionTimeout() : settings.requestTimeout(),
        window,
        request.effectIfUnanswered());
  }

  private static String withoutTrailingSlash(URI baseUrl) {
    String url = baseUrl.toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static void log(InstancesRequest.Line line, Done<?> done) {
    LOG.debug(
        "{} {}: {}, status {}, {} ms, request id {}",
        line.method(),
        line.route(),
        done.outcome().label(),
        done.status().orElse(0),
        done.took().toMillis(),
        done.requestId().orElse("none"));
  }

  @Override
  public void close() {
    caller.close();
  }
}
