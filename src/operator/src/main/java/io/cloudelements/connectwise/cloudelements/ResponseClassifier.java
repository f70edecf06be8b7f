package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.cloudelements.Response.Complete;
import io.cloudelements.connectwise.cloudelements.Response.TooLarge;
import io.cloudelements.connectwise.cloudelements.Response.Unreadable;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstanceCall.ReadOrganization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.InUse;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.cloudelements.connectwise.instance.SecretValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one place where an answer becomes a value or a failure (contract §6, §7). A refusal counts as
 * one ({@link Effect#NONE}) only when the platform itself says so: in JSON, since an HTML page may
 * come from anything in between, which may have passed the request on.
 */
final class ResponseClassifier {
  /** How the platform words a wrong user or organization secret (contract §6). */
  private static final String ACCOUNT_REJECTED = "invalid organization or user secret";

  private static final String TOO_LARGE = "an answer that is too large";
  private static final String HTML = "HTML instead of JSON";
  private static final JsonNode MISSING = MissingNode.getInstance();
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private ResponseClassifier() {}

  /**
   * @param scrubber knows the secrets of the call
   * @param now what a date in {@code Retry-After} is compared with where the answer has no {@code
   *     Date}
   */
  static <T> CallResult<T> classify(
      InstanceCall.Request<T> call, Response response, SecretScrubber scrubber, Instant now) {
    CallResult<T> result =
        response.isSuccess()
            ? accepted(call, response, scrubber)
            : new Failure<>(refused(call, response, scrubber, now));
    return result instanceof Failure<T>(RemoteFailure failure)
            && call instanceof ReadOrganization
            && !(response.body() instanceof Unreadable)
        ? withheld(call, failure)
        : result;
  }

  /**
   * What an organization that is not told means, which the service need not do (contract §11). A
   * service that is down or busy, or an answer that broke off, fails like that of any other call.
   */
  private static <T> CallResult<T> withheld(InstanceCall.Request<T> call, RemoteFailure failure) {
    return switch (failure) {
      case UnexpectedAnswer(_, String what, _) -> notTold(call, what);
      case AccountRejected _, AccessDenied _, ProviderRejected _, NotFound _, InUse _ ->
          notTold(call, "a refusal (status " + failure.answer().status() + ")");
      case RateLimited _, ServiceFailed _, TimedOut _, ConnectionLost _, Unreachable _, NotSent _ ->
          new Failure<>(failure);
    };
  }

  private static <T> CallResult<T> notTold(InstanceCall.Request<T> call, String why) {
    return new Success<>(call.answerType().cast(new OrganizationAnswer.NotTold(why)));
  }

  private static <T> CallResult<T> accepted(
      InstanceCall.Request<T> call, Response response, SecretScrubber scrubber) {
    Optional<T> tooLarge =
        response.body() instanceof TooLarge ? AnswerDecoder.tooLarge(call) : Optional.empty();
    if (tooLarge.isPresent()) {
      return new Success<>(tooLarge.get());
    }
    try {
      return new Success<>(
          AnswerDecoder.decode(call, neededBody(call, response), response, scrubber));
    } catch (IllTypedAnswerException e) {
      ErrorAnswer answer = answer(response, MISSING, scrubber);
      return new Failure<>(unexpected(call, answer, e.what()));
    }
  }

  private static JsonNode neededBody(InstanceCall.Request<?> call, Response response)
      throws IllTypedAnswerException {
    if (response.isHtml()) {
      throw new IllTypedAnswerException(HTML);
    }
    if (!AnswerDecoder.needsBody(call)) {
      return MISSING;
    }
    return switch (response.body()) {
      case Unreadable(String why) -> throw new IllTypedAnswerException(why);
      case TooLarge _ -> throw new IllTypedAnswerException(TOO_LARGE);
      case Complete(String text) ->
          Json.read(text)
              .orElseThrow(() ->
                  new IllTypedAnswerException(
                      text.isEmpty() ? "an empty answer" : "an answer that is not JSON"));
    };
  }

  private static RemoteFailure refused(
      InstanceCall.Request<?> call, Response response, SecretScrubber scrubber, Instant now) {
    Optional<JsonNode> error = errorBody(response);
    ErrorAnswer answer = answer(response, error.orElse(MISSING), scrubber);
    int status = response.status();
    // these two mean the same from any proxy in between, in any wording
    if (status == 429) {
      return new RateLimited(answer, RetryAfter.of(response, now));
    }
    if (status >= 500 || status == 408) {
      return new ServiceFailed(answer, call.effectIfUnanswered());
    }
    if (error.isEmpty() || status < 400) {
      return unexpected(call, answer, strangeness(response));
    }
    return byStatus(call, status, error.get(), answer);
  }

  private static RemoteFailure byStatus(
      InstanceCall.Request<?> call, int status, JsonNode error, ErrorAnswer answer) {
    return switch (status) {
      case 401 -> unauthorized(call, error, answer);
      case 403 -> new AccessDenied(answer);
      case 404 -> notFound(call, error, answer);
      case 409 -> new InUse(answer);
      default ->
          call.isRead() ? unexpected(call, answer, "a refused read") : new ProviderRejected(answer);
    };
  }

  /**
   * Gone is only what the platform itself calls so, and each of its errors has a request id (§6).
   * Whether its 404 for an empty list has one is unknown; the caller decides what that is worth.
   */
  private static RemoteFailure notFound(
      InstanceCall.Request<?> call, JsonNode error, ErrorAnswer answer) {
    NotFound notFound = new NotFound(answer);
    boolean emptySearch =
        call instanceof ListPage(var tag, _)
            && tag.isPresent()
            && error.path("message").isTextual();
    return notFound.isConclusive() || emptySearch
        ? notFound
        : unexpected(call, answer, "an error without a request id, so not the platform's");
  }

  /** The platform's own 401 and one that ConnectWise caused differ in their words alone (§7). */
  private static RemoteFailure unauthorized(
      InstanceCall.Request<?> call, JsonNode error, ErrorAnswer answer) {
    boolean saysSomethingElse =
        error.hasNonNull("providerMessage")
            || (error.hasNonNull("message") && !isAccountRejection(error.get("message").asText()));
    return call.reachesProvider() && saysSomethingElse
        ? new ProviderRejected(answer)
        : new AccountRejected(answer);
  }

  private static boolean isAccountRejection(String message) {
    return message
        .strip()
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT)
        .startsWith(ACCOUNT_REJECTED);
  }

  private static Optional<JsonNode> errorBody(Response response) {
    return switch (response.body()) {
      case Unreadable _, TooLarge _ -> Optional.empty();
      case Complete(String text) -> Json.read(text).filter(JsonNode::isObject);
    };
  }

  private static UnexpectedAnswer unexpected(
      InstanceCall.Request<?> call, ErrorAnswer answer, String what) {
    return new UnexpectedAnswer(
        answer, what + " (status " + answer.status() + ")", call.effectIfUnanswered());
  }

  private static String strangeness(Response response) {
    if (response.status() < 400) {
      return response.status() >= 300 ? "a redirect, which is never followed" : "no final answer";
    }
    if (response.body() instanceof Unreadable(String why)) {
      return why;
    }
    if (response.body() instanceof TooLarge) {
      return TOO_LARGE;
    }
    return response.isHtml() ? HTML : "an error that is not the platform's";
  }

  private static ErrorAnswer answer(Response response, JsonNode body, SecretScrubber scrubber) {
    JsonNode token = body.path("token");
    SecretScrubber complete =
        token.isTextual() ? scrubber.and(List.of(SecretValue.of(token.textValue()))) : scrubber;
    return new ErrorAnswer(
        response.status(),
        text(body, "message", complete),
        text(body, "providerMessage", complete),
        text(body, "requestId", complete)
            .filter(ResponseClassifier::isRequestId)
            .or(() -> requestId(response, complete)));
  }

  private static Optional<String> text(JsonNode body, String field, SecretScrubber scrubber) {
    return scrubber.clean(String.join("; ", words(body.path(field))));
  }

  /**
   * What a text says, or what stands in its place (§6 promises no shape of a provider's words): the
   * values without JSON's escapes, by which a secret would not be recognised.
   */
  private static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    if (node.isContainerNode()) {
      node.forEach(part -> words.addAll(words(part)));
    } else if (!node.isNull() && !node.isMissingNode()) {
      words.add(node.asText());
    }
    return words;
  }

  /** The id by which the service's support finds a call, from the answer's head. */
  static Optional<String> requestId(Response response, SecretScrubber scrubber) {
    return response
        .header("Elements-Request-Id")
        .filter(ResponseClassifier::isRequestId)
        .flatMap(scrubber::clean)
        .filter(ResponseClassifier::isRequestId);
  }

  /** It is shown and logged, so what is not shaped like an id is dropped. */
  private static boolean isRequestId(String text) {
    return REQUEST_ID.matcher(text).matches();
  }
}
