package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.instance.Effect.NONE;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.cloudelements.CallResult.Failure;
import io.cloudelements.connectwise.cloudelements.CallResult.Success;
import io.cloudelements.connectwise.cloudelements.Response.Complete;
import io.cloudelements.connectwise.cloudelements.Response.Unreadable;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.Create;
import io.cloudelements.connectwise.instance.InstanceCall.Delete;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstanceCall.Patch;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstanceCall.ReadOrganization;
import io.cloudelements.connectwise.instance.InstanceCall.Replace;
import io.cloudelements.connectwise.instance.InstanceCall.SetEnabled;
import io.cloudelements.connectwise.instance.InstancePage;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.Organization;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.OrganizationAnswer.NotTold;
import io.cloudelements.connectwise.instance.OrganizationAnswer.Told;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.InUse;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseClassifierTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final InstanceCall.Request<?> POST =
      new Create(ApiSamples.definition(), SendWindow.ALWAYS);
  private static final InstanceCall.Request<?> PUT = new Replace(7, ApiSamples.definition());
  private static final InstanceCall.Request<?> PATCH =
      new Patch(7, Optional.of("name"), Optional.empty());
  private static final InstanceCall.Request<?> GET = new Read(7);
  private static final InstanceCall.Request<?> LIST =
      new ListPage(Optional.of(ApiSamples.TAG), PageRequest.LARGEST.inFull());
  private static final InstanceCall.Request<OrganizationAnswer> ORGANIZATION =
      new ReadOrganization();
  private static final InstanceCall.Request<?> DELETE = new Delete(7);
  private static final InstanceCall.Request<?> ENABLE = new SetEnabled(7, true);

  private static final String INVALID_SECRET =
      """
      {"requestId": "5b0437c6e4b07731ae39b533",
       "message": "Invalid Organization or User secret, or invalid Element token provided."}
      """;
  private static final String ERROR =
      """
      {"requestId": "5b0437c6e4b07731ae39b533", "message": "No account found with ID 123456"}
      """;
  private static final String PROVIDER_ERROR =
      """
      {"requestId": "58c03bc1e4b0acfa9e500757", "message": "Request failed",
       "providerMessage": "Invalid credentials"}
      """;
  private static final String HTML = "<html><body>Not here</body></html>";

  static List<Arguments> failures() {
    return List.of(
        row(
            "the canonical text means the account",
            POST,
            401,
            INVALID_SECRET,
            AccountRejected.class,
            NONE),
        row(
            "also in other case and spacing",
            PUT,
            401,
            INVALID_SECRET.replace("Organization or ", "ORGANIZATION  OR "),
            AccountRejected.class,
            NONE),
        row(
            "a provider message means ConnectWise",
            POST,
            401,
            PROVIDER_ERROR,
            ProviderRejected.class,
            NONE),
        row(
            "even beside the canonical text",
            POST,
            401,
            INVALID_SECRET.replace("}", ", \"providerMessage\": \"no\"}"),
            ProviderRejected.class,
            NONE),
        row(
            "another text on a provisioning call is ConnectWise's",
            PUT,
            401,
            ERROR,
            ProviderRejected.class,
            NONE),
        row("PATCH may authenticate anew", PATCH, 401, ERROR, ProviderRejected.class, NONE),
        row(
            "a 401 without a word can only be the platform's",
            POST,
            401,
            "{}",
            AccountRejected.class,
            NONE),
        row(
            "a read never reaches ConnectWise",
            GET,
            401,
            PROVIDER_ERROR,
            AccountRejected.class,
            NONE),
        row("nor does a delete", DELETE, 401, ERROR, AccountRejected.class, NONE),
        row(
            "a 401 page comes from something in between",
            GET,
            401,
            HTML,
            UnexpectedAnswer.class,
            NONE),
        row("the account lacks a privilege", POST, 403, ERROR, AccessDenied.class, NONE),
        row(
            "a firewall's 403 page is not the platform's",
            POST,
            403,
            HTML,
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "no organization is told by a busy service",
            ORGANIZATION,
            429,
            "{}",
            RateLimited.class,
            NONE),
        row("nor by one that is down", ORGANIZATION, 503, HTML, ServiceFailed.class, NONE),
        row("nor in time", ORGANIZATION, 408, "{}", ServiceFailed.class, NONE),
        row("missing entries", POST, 400, ERROR, ProviderRejected.class, NONE),
        row("unprocessable entries", PUT, 422, PROVIDER_ERROR, ProviderRejected.class, NONE),
        row("any other 4xx refuses a mutation", ENABLE, 405, ERROR, ProviderRejected.class, NONE),
        row("a read has no entries to refuse", GET, 400, ERROR, UnexpectedAnswer.class, NONE),
        row("the platform's own 404", GET, 404, ERROR, NotFound.class, NONE),
        row(
            "an empty list is a 404",
            LIST,
            404,
            "{\"message\": \"No element instances found\"}",
            NotFound.class,
            NONE),
        row(
            "JSON with a message may be any gateway's: gone needs the platform's request id",
            GET,
            404,
            "{\"message\": \"Not Found\"}",
            UnexpectedAnswer.class,
            NONE),
        row(
            "also for a write, by which an instance is proven gone",
            PATCH,
            404,
            "{\"message\": \"Not Found\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "and for a DELETE, which would count as done",
            DELETE,
            404,
            "{\"message\": \"Not Found\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "and for a listing, whose instances would all count as gone",
            new ListPage(Optional.empty(), PageRequest.LARGEST),
            404,
            "{\"message\": \"Not Found\"}",
            UnexpectedAnswer.class,
            NONE),
        row(
            "a request id is a word, not a sentence",
            GET,
            404,
            "{\"message\": \"Not Found\", \"requestId\": \"no route for this URL\"}",
            UnexpectedAnswer.class,
            NONE),
        row(
            "a request id alone also tells the platform",
            DELETE,
            404,
            "{\"requestId\": \"58b46b1be4b0e5a9b7d19c49\"}",
            NotFound.class,
            NONE),
        row(
            "an HTML 404 is a wrong URL, and 'gone' would recreate",
            GET,
            404,
            HTML,
            UnexpectedAnswer.class,
            NONE),
        row(
            "so is JSON of another program",
            DELETE,
            404,
            "{\"error\": \"nope\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row("so is an empty 404", GET, 404, "", UnexpectedAnswer.class, NONE),
        row("so is a 404 with a list", GET, 404, "[]", UnexpectedAnswer.class, NONE),
        row("in use", DELETE, 409, ERROR, InUse.class, NONE),
        row(
            "a 408 may come after the request was passed on",
            POST,
            408,
            ERROR,
            ServiceFailed.class,
            UNKNOWN),
        row("a limit holds from any sender", POST, 429, HTML, RateLimited.class, NONE),
        row(
            "a POST that ended in 500 may have created",
            POST,
            500,
            ERROR,
            ServiceFailed.class,
            UNKNOWN),
        row(
            "a gateway's page is a 5xx all the same",
            POST,
            504,
            HTML,
            ServiceFailed.class,
            UNKNOWN),
        row("a failed read did nothing", GET, 502, HTML, ServiceFailed.class, NONE),
        row("a failed delete may have deleted", DELETE, 500, ERROR, ServiceFailed.class, UNKNOWN),
        row("redirects are never followed", POST, 302, "", UnexpectedAnswer.class, UNKNOWN),
        row("not even a permanent one of a read", GET, 308, "", UnexpectedAnswer.class, NONE),
        row("a page instead of the new instance", POST, 200, HTML, UnexpectedAnswer.class, UNKNOWN),
        row(
            "a captive page must not pass for 'deleted'",
            DELETE,
            200,
            HTML,
            UnexpectedAnswer.class,
            UNKNOWN),
        row("no body", POST, 200, "", UnexpectedAnswer.class, UNKNOWN),
        row("broken JSON", POST, 200, "{\"id\": 1, \"tok", UnexpectedAnswer.class, UNKNOWN),
        row(
            "two documents",
            GET,
            200,
            "{\"id\": 7, \"token\": \"t\"} {}",
            UnexpectedAnswer.class,
            NONE),
        row(
            "id in quotes",
            POST,
            200,
            "{\"id\": \"7\", \"token\": \"t\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "id with a fraction",
            POST,
            200,
            "{\"id\": 7.5, \"token\": \"t\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "id beyond a long",
            POST,
            200,
            "{\"id\": 99999999999999999999, \"token\": \"t\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row("no token", PUT, 200, "{\"id\": 7}", UnexpectedAnswer.class, UNKNOWN),
        row(
            "empty token",
            PATCH,
            200,
            "{\"id\": 7, \"token\": \"\"}",
            UnexpectedAnswer.class,
            UNKNOWN),
        row(
            "a masked token opens nothing",
            GET,
            200,
            "{\"id\": 7, \"token\": \"********\"}",
            UnexpectedAnswer.class,
            NONE),
        row("a list instead of an instance", GET, 200, "[]", UnexpectedAnswer.class, NONE),
        row(
            "an instance instead of a list",
            LIST,
            200,
            ApiSamples.instanceJson(7),
            UnexpectedAnswer.class,
            NONE),
        row(
            "one bad item spoils the list, else a match could be overlooked",
            LIST,
            200,
            "[{\"token\": \"t\", \"tags\": []}]",
            UnexpectedAnswer.class,
            NONE),
        row("another instance", GET, 200, ApiSamples.instanceJson(8), UnexpectedAnswer.class, NONE),
        row(
            "nesting that costs more than its bytes",
            GET,
            200,
            "[".repeat(5_000),
            UnexpectedAnswer.class,
            NONE));
  }

  private static Arguments row(
      String why,
      InstanceCall.Request<?> request,
      int status,
      String body,
      Class<? extends RemoteFailure> failure,
      Effect effect) {
    return argumentSet(
        EncodedRequest.of(request).method() + " " + status + ": " + why,
        request,
        status,
        body,
        failure,
        effect);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void mapsEachErrorAnswerToOneFailure(
      InstanceCall.Request<?> request,
      int status,
      String body,
      Class<? extends RemoteFailure> expected,
      Effect effect) {
    // Given
    Response response = new Response(status, Map.of(), new Complete(body));
    // When
    RemoteFailure failure = failure(request, response);
    // Then
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
    assertThat(failure.answer().status()).isEqualTo(status);
  }

  @Test
  void aRequestIdHeaderIdentifiesTheService() {
    // Given
    Response response =
        new Response(
            404,
            Map.of("Elements-Request-Id", "58b46b1be4b0e5a9b7d19c49"),
            new Complete("{\"message\": \"No element instance found\"}"));
    // When
    RemoteFailure failure = failure(GET, response);
    // Then
    assertThat(failure).isInstanceOf(NotFound.class);
  }

  @Test
  void parsesAFullAnswerLeniently() {
    // Given: unknown fields, numbers and booleans as configuration, tags as in the oldest sample
    String body =
        """
        {"id": 7, "token": "t", "name": null, "element": {"key": "connectwisehd", "x": [1]},
         "tags": [{"id": 12, "name": "a"}, "b"], "valid": false, "surprise": {"deep": []},
         "configuration": {"a": "1", "b": null, "c": true, "d": 5, "e": {"no": "value"}}}
        """;
    // When
    CallResult<RemoteInstance> outcome = classify(new Read(7), ok(body));
    // Then: what is absent or null is unknown, not false
    assertThat(outcome)
        .isEqualTo(
            new Success<>(
                new RemoteInstance(
                    7,
                    SecretValue.of("t"),
                    Optional.empty(),
                    Optional.of("connectwisehd"),
                    Optional.of(Set.of("a", "b")),
                    new Availability(Optional.of(false), Optional.empty()),
                    Map.of("a", "1", "c", "true", "d", "5"))));
  }

  @Test
  void anAnswerNeedsOnlyIdAndToken() {
    // Given: POST answers seldom carry tags, and old ones nothing but these two for sure
    Response response = ok("{\"id\": 471196, \"token\": \"t\", \"tags\": \"ill-typed\"}");
    // When
    CallResult<RemoteInstance> outcome =
        classify(new Create(ApiSamples.definition(), SendWindow.ALWAYS), response);
    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Success.class,
            success ->
                assertThat(((RemoteInstance) success.value()).tags()).isEqualTo(Optional.empty()));
  }

  @Test
  void aCallWithoutExpectedBodySucceedsWithAnyBody() {
    // Given: the contract says 200 and an empty body, other deployments say 204 or {}
    List<Response> responses =
        List.of(
            new Response(204, Map.of(), new Complete("")),
            ok("{}"),
            ok("what"),
            new Response(200, Map.of("Content-Type", "text/html"), new Complete("")),
            new Response(200, Map.of(), new Unreadable("an answer that broke off")));
    // When
    List<? extends CallResult<?>> outcomes =
        responses.stream().map(response -> classify(DELETE, response)).toList();
    // Then
    assertThat(outcomes).allMatch(Success.class::isInstance);
  }

  @Test
  void anUnreadableBodyIsUnexpectedWithUnknownEffect() {
    // Given
    Response response = new Response(200, Map.of(), new Unreadable("an answer that is too large"));
    // When
    RemoteFailure failure = failure(POST, response);
    // Then: the instance may well exist
    assertThat(failure)
        .isInstanceOfSatisfying(
            UnexpectedAnswer.class,
            unexpected ->
                assertThat(unexpected.what())
                    .isEqualTo("an answer that is too large (status 200)"));
    assertThat(failure.effect()).isEqualTo(UNKNOWN);
  }

  @Test
  void aTruncatedRefusalHasUnknownEffect() {
    // Given: without its body the sender is unknown
    Response response = new Response(400, Map.of(), new Unreadable("an answer that broke off"));
    // When
    RemoteFailure failure = failure(POST, response);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(failure.effect()).isEqualTo(UNKNOWN);
  }

  @Test
  void keepsMessagesOfTheServiceWithoutSecrets() {
    // Given: a provider that quotes the password, and a request id in the head only
    String body =
        """
        {"message": "<b>Login</b> failed",
         "providerMessage": "api1 / %s is wrong", "requestId": "not an id!"}
        """
            .formatted(ApiSamples.PASSWORD);
    Response response =
        new Response(400, Map.of("elements-request-id", "abc-123"), new Complete(body));
    // When
    RemoteFailure failure = failure(POST, response);
    // Then
    assertThat(failure.answer())
        .isEqualTo(
            new RemoteFailure.ErrorAnswer(
                400,
                Optional.of("Login failed"),
                Optional.of("api1 / ******** is wrong"),
                Optional.of("abc-123")));
  }

  /** Contract §6 shows a text; a provider's own error may be any JSON. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\": 17, \"why\": \"login failed\"} | 17; login failed",
        "[\"login\", [null, \"failed\"]] | login; failed",
        "401 | 401"
      })
  void showsAProviderMessageThatIsNotText(String words, String shown) {
    // Given
    String body = "{\"message\": \"Request failed\", \"providerMessage\": " + words + "}";
    // When
    RemoteFailure failure = failure(POST, new Response(400, Map.of(), new Complete(body)));
    // Then
    assertThat(failure.answer().providerMessage()).contains(shown);
  }

  @Test
  void cleansAndBoundsAProviderMessageThatIsNotText() {
    // Given
    String body =
        "{\"message\": \"x\", \"providerMessage\": {\"sent\": \"%s\", \"more\": \"%s\"}}"
            .formatted(ApiSamples.PASSWORD, "y".repeat(5_000));
    // When
    RemoteFailure failure = failure(POST, new Response(400, Map.of(), new Complete(body)));
    // Then
    assertThat(failure.answer().providerMessage())
        .hasValueSatisfying(words ->
            assertThat(words).startsWith("********; y").hasSize(SecretScrubber.MAX_LENGTH));
  }

  @Test
  void masksATokenInAnError() {
    // Given
    String body = "{\"message\": \"token s3cr3t-token is dead\", \"token\": \"s3cr3t-token\"}";
    // When
    RemoteFailure failure = failure(GET, new Response(404, Map.of(), new Complete(body)));
    // Then
    assertThat(failure.answer().message()).contains("token ******** is dead");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 17} | 17",
        "{\"id\": \"17\"} | 17",
        "{\"id\": 123456789012345678901234567890} | 123456789012345678901234567890",
        "{\"id\": \"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"} | 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "{\"id\": 17, \"name\": 4, \"secret\": {\"a\": []}, \"more\": true} | 17"
      })
  void readsAnOrganizationThatHasAnId(String body, String id) {
    // Given
    Response response = ok(body);
    // When
    CallResult<OrganizationAnswer> result = classify(ORGANIZATION, response);
    // Then
    assertThat(result).isEqualTo(new Success<>(new Told(new Organization(id, Optional.empty()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\": null}",
        "{\"id\": true}",
        "{\"id\": 0}",
        "{\"id\": -17}",
        "{\"id\": 17.5}",
        "{\"id\": \"\"}",
        "{\"id\": \" \"}",
        "{\"id\": \"-17\"}",
        "{\"id\": \"one two\"}",
        "{\"id\": \"<b>17</b>\"}",
        "{\"id\": \"17\\u0000\"}",
        "{\"id\": \"canary-secret-as-id\"}",
        "{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"
      })
  void anOrganizationWithoutAnIdIsNotTold(String body) {
    // Given
    SecretScrubber scrubber = SecretScrubber.of(List.of(SecretValue.of("canary-secret-as-id")));
    // When
    CallResult<OrganizationAnswer> result =
        ResponseClassifier.classify(ORGANIZATION, ok(body), scrubber, NOW);
    // Then
    assertThat(result)
        .isEqualTo(new Success<>(new NotTold("an organization without an id (status 200)")));
  }

  @Test
  void cleansTheNameOfAnOrganization() {
    // Given
    SecretScrubber scrubber = SecretScrubber.of(List.of(SecretValue.of("canary")));
    String name = "<b>Acme</b> \\u001b[2J\\ud800 canary " + "x".repeat(400);
    // When
    CallResult<OrganizationAnswer> result =
        ResponseClassifier.classify(
            ORGANIZATION, ok("{\"id\": 17, \"name\": \"" + name + "\"}"), scrubber, NOW);
    // Then
    assertThat(result)
        .isInstanceOfSatisfying(
            Success.class,
            told ->
                assertThat(((Told) told.value()).organization().name().orElseThrow())
                    .startsWith("Acme [2J ******** x")
                    .endsWith("…"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {} | a refused read (status 400)",
        "401 | {} | a refusal (status 401)",
        "401 | <html> | HTML instead of JSON (status 401)",
        "403 | <html> | HTML instead of JSON (status 403)",
        "404 | {\"message\": \"m\"} | an error without a request id, so not the platform's (status"
            + " 404)",
        "409 | {} | a refusal (status 409)",
        "302 | '' | a redirect, which is never followed (status 302)",
        "204 | '' | an empty answer (status 204)",
        "200 | not JSON | an answer that is not JSON (status 200)",
        "200 | null | no organization (status 200)"
      })
  void anyRefusalOfTheOrganizationIsAnAnswer(int status, String body, String why) {
    // Given
    Response response = new Response(status, Map.of(), new Complete(body));
    // When
    CallResult<OrganizationAnswer> result = classify(ORGANIZATION, response);
    // Then
    assertThat(result).isEqualTo(new Success<>(new NotTold(why)));
  }

  @Test
  void anOversizedOrganizationIsNotTold() {
    // Given
    Response response = new Response(200, Map.of(), new Response.TooLarge());
    // When
    CallResult<OrganizationAnswer> result = classify(ORGANIZATION, response);
    // Then
    assertThat(result)
        .isEqualTo(new Success<>(new NotTold("an answer that is too large (status 200)")));
  }

  static List<Arguments> retryAfters() {
    return List.of(
        argumentSet("seconds", "17", Optional.of(Duration.ofSeconds(17))),
        argumentSet("a date", "Tue, 24 Nov 2026 10:02:00 GMT", Optional.of(Duration.ofMinutes(2))),
        argumentSet(
            "a date that passed", "Tue, 24 Nov 2026 09:00:00 GMT", Optional.of(Duration.ZERO)),
        argumentSet("a negative number", "-5", Optional.of(Duration.ZERO)),
        argumentSet("for ever", "99999999999999999999", Optional.of(Duration.ofMinutes(15))),
        argumentSet(
            "a date in years",
            "Sun, 24 Nov 2030 10:00:00 GMT",
            Optional.of(Duration.ofMinutes(15))),
        argumentSet("nonsense", "soon", Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("retryAfters")
  void retryAfterIsBounded(String header, Optional<Duration> expected) {
    // Given
    Response response = new Response(429, Map.of("Retry-After", header), new Complete(ERROR));
    // When
    RemoteFailure failure = failure(GET, response);
    // Then: no service may silence an account for days
    assertThat(failure)
        .isInstanceOfSatisfying(
            RateLimited.class, limited -> assertThat(limited.retryAfter()).isEqualTo(expected));
  }

  /** The service's clock may be off by hours; its dates are about its own. */
  @ParameterizedTest
  @CsvSource({
    "'Tue, 24 Nov 2026 11:00:00 GMT', 'Tue, 24 Nov 2026 11:02:00 GMT', PT2M",
    "'Tue, 24 Nov 2026 09:00:00 GMT', 'Tue, 24 Nov 2026 09:02:00 GMT', PT2M",
    "'not a date', 'Tue, 24 Nov 2026 10:02:00 GMT', PT2M"
  })
  void aRetryAfterDateIsRelativeToTheDateHeader(String date, String until, Duration expected) {
    // Given
    Response response =
        new Response(429, Map.of("Date", date, "Retry-After", until), new Complete(ERROR));
    // When
    RemoteFailure failure = failure(GET, response);
    // Then
    assertThat(failure)
        .isInstanceOfSatisfying(
            RateLimited.class, limited -> assertThat(limited.retryAfter()).contains(expected));
  }

  @Test
  void readsTheNextPageToken() {
    // Given
    Response response =
        new Response(
            200,
            Map.of("elements-next-page-token", "next=="),
            new Complete("[" + ApiSamples.instanceJson(7) + "]"));
    // When
    CallResult<InstancePage> outcome =
        classify(new ListPage(Optional.of(ApiSamples.TAG), PageRequest.LARGEST.inFull()), response);
    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Success.class,
            success -> {
              InstancePage page = (InstancePage) success.value();
              assertThat(page.next()).contains("next==");
              assertThat(page.instances()).extracting(ListedInstance::id).containsExactly(7L);
            });
  }

  private static Response ok(String body) {
    return new Response(200, Map.of(), new Complete(body));
  }

  private static <T> CallResult<T> classify(InstanceCall.Request<T> request, Response response) {
    return ResponseClassifier.classify(
        request, response, SecretScrubber.of(request.secrets()), NOW);
  }

  private static RemoteFailure failure(InstanceCall.Request<?> request, Response response) {
    return switch (classify(request, response)) {
      case Success<?>(Object value) -> throw new AssertionError("a success: " + value);
      case Failure<?>(RemoteFailure failure) -> failure;
    };
  }
}
