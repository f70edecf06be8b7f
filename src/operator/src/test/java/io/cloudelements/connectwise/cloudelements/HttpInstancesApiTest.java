package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpFixture.account;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.api;
import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static io.cloudelements.connectwise.cloudelements.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is sent, what is never sent, and how lists are read. */
class HttpInstancesApiTest {
  @RegisterExtension static final HttpFixture http = new HttpFixture();

  private static final SendWindow ANY_TIME = SendWindow.ALWAYS;
  private static final String INSTANCE = ApiSamples.instanceJson(7);

  /** Contract §11. */
  @Test
  void asksForTheOrganizationOfTheCaller() {
    // Given
    RawServer server = http.server(RawServer.always(200, "{\"id\": 17}"));
    HttpInstancesApi api = http.client(server);
    // When
    api.readOrganization(account(server));
    // Then
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().lines().findFirst())
        .contains("GET /organizations/me HTTP/1.1");
  }

  @Test
  void sendsExactlyTheRequestOfTheContract() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    // When
    api.create(account(server), ApiSamples.definition(), ANY_TIME);
    // Then: one Authorization header, no Element token, the seed's body
    assertThat(server.requests()).hasSize(1);
    String request = server.requests().getFirst();
    assertThat(request.lines().takeWhile(line -> !line.isEmpty()))
        .containsExactlyInAnyOrder(
            "POST /instances HTTP/1.1",
            "host: 127.0.0.1:" + server.port(),
            "user-agent: connectwise-operator/test",
            "Accept: application/json",
            "Accept-Encoding: identity",
            "Authorization: User "
                + ApiSamples.USER_SECRET
                + ", Organization "
                + ApiSamples.ORGANIZATION_SECRET,
            "Content-Type: application/json",
            "content-length: " + Buffer.buffer(bodyOf(request)).length());
    assertThat(bodyOf(request))
        .isEqualTo(
            """
            {"element":{"key":"connectwisehd"},"configuration":\
            {"helpdesk.connectwise.company":"plain company",\
            "helpdesk.connectwise.password":"%s",\
            "helpdesk.connectwise.server.url":"plain serverUrl",\
            "helpdesk.connectwise.username":"plain username"},\
            "tags":["acme","connectwise-operator","%s"],"name":"Acme help desk"}\
            """
                .formatted(ApiSamples.PASSWORD, ApiSamples.TAG));
  }

  @Test
  void patchSendsOnlyTheGivenFields() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    // When
    api.patch(account(server), 7, Optional.of("New name"), Optional.empty());
    api.patch(account(server), 7, Optional.empty(), Optional.of(Set.of("b", "a")));
    // Then: what is not sent is left alone, and tags replace all tags
    assertThat(server.requests())
        .extracting(HttpInstancesApiTest::bodyOf)
        .containsExactly("{\"name\":\"New name\"}", "{\"tags\":[\"a\",\"b\"]}");
  }

  @Test
  void callsWithoutABodySendNone() {
    // Given
    RawServer server = http.server(RawServer.always(200, ""));
    HttpInstancesApi api = http.client(server);
    // When
    api.setEnabled(account(server), 7, true);
    api.setEnabled(account(server), 7, false);
    api.delete(account(server), 7);
    // Then
    assertThat(server.requests())
        .extracting(request -> request.lines().findFirst().orElseThrow())
        .containsExactly(
            "PUT /instances/7/enabled HTTP/1.1",
            "DELETE /instances/7/enabled HTTP/1.1",
            "DELETE /instances/7 HTTP/1.1");
    assertThat(server.requests()).allMatch(request -> bodyOf(request).isEmpty());
  }

  @Test
  void callsReuseAConnection() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    // When
    for (int i = 0; i < 10; i++) {
      api.read(account(server), 7);
    }
    // Then
    assertThat(server.requests()).hasSize(10);
    assertThat(server.opened()).isEqualTo(1);
  }

  @Test
  void neverCallsABaseUrlThatIsNotAllowed() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.open(api(http.vertx(), "https://api.example.com"));
    // When
    RemoteFailure failure = failure(() -> api.read(account(server), 7));
    // Then: the secrets stay here, also without an earlier check
    assertThat(failure)
        .isEqualTo(new NotSent("the base URL is not one of the allowed ones", Optional.empty()));
    assertThat(server.opened()).isZero();
  }

  @Test
  void doesNotSendASecretWithALineBreak() {
    // Given: from a Secret that was made with `echo`
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    Account account =
        new Account(
            account(server).account().baseUrl(),
            SecretValue.of("user\nX-Injected: yes"),
            SecretValue.of("org"));
    // When
    RemoteFailure failure = failure(() -> api.read(AccountAccess.to(account), 7));
    // Then
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(server.opened()).isZero();
  }

  @Test
  void neverSendsAMask() {
    // Given: a configuration read from the service instead of from the Secret
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    InstanceDefinition masked =
        new InstanceDefinition(
            ApiSamples.definition().element(),
            "name",
            Set.of(),
            new Configuration(
                new TreeMap<>(
                    Map.of("helpdesk.connectwise.password", SecretValue.of(Configuration.MASK))),
                Set.of()));
    // When
    RemoteFailure failure = failure(() -> api.replace(account(server), 7, masked));
    // Then: the service might store it
    assertThat(failure).isInstanceOf(NotSent.class);
    assertThat(server.opened()).isZero();
  }

  @Test
  void refusesACallOnAnEventLoop() {
    // Given
    RawServer server = http.server(RawServer.always(200, INSTANCE));
    HttpInstancesApi api = http.client(server);
    CompletableFuture<RemoteInstance> called = new CompletableFuture<>();
    // When
    http.vertx()
        .runOnContext(_ -> {
          try {
            called.complete(api.read(account(server), 7));
          } catch (IllegalStateException e) {
            called.completeExceptionally(e);
          }
        });
    // Then
    assertThatThrownBy(called::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void searchReadsAllPages() {
    // Given: three pages; the last one is the service's 404 for "none"
    RawServer server =
        http.server((socket, request) -> {
          if (request.contains("nextPage=b")) {
            socket.write(response(404, "{\"message\": \"No element instances found\"}"));
          } else if (request.contains("nextPage=a%2B%2F%3D")) {
            socket.write(
                response(
                    200, "[" + ApiSamples.instanceJson(8) + "]", "Elements-Next-Page-Token: b"));
          } else {
            socket.write(response(200, "[" + INSTANCE + "]", "Elements-Next-Page-Token: a+/="));
          }
        });
    HttpInstancesApi api = http.client(server);
    // When
    List<ListedInstance> found = api.findByTag(account(server), ApiSamples.TAG).instances();
    // Then: the token is encoded, else it would be another one
    assertThat(found).extracting(ListedInstance::id).containsExactly(7L, 8L);
    assertThat(server.requests().getFirst())
        .startsWith("GET /instances?tags%5B%5D=" + ApiSamples.TAG + "&pageSize=200 HTTP/1.1");
  }

  @Test
  void searchFailsWhenPagesRepeat() {
    // Given
    RawServer server =
        http.server((socket, _) ->
            socket.write(response(200, "[" + INSTANCE + "]", "Elements-Next-Page-Token: again")));
    // When
    RemoteFailure failure = failedSearch(server);
    // Then: no endless loop, and no half of a list that passes for a whole one
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void searchFailsAfterOneHundredPages() {
    // Given: a new token each time
    AtomicInteger page = new AtomicInteger();
    RawServer server =
        http.server((socket, _) ->
            socket.write(
                response(200, "[]", "Elements-Next-Page-Token: " + page.incrementAndGet())));
    // When
    RemoteFailure failure = failedSearch(server);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(server.requests()).hasSize(100);
  }

  /** An account's user may put a resource's tag on every instance in it. */
  @Test
  void searchFailsWithTooManyMatches() {
    // Given: pages that end, of 200 matches each
    AtomicInteger page = new AtomicInteger();
    RawServer server =
        http.server((socket, _) -> {
          int number = page.incrementAndGet();
          String matches =
              IntStream.range(0, 200)
                  .mapToObj(item ->
                      "{\"id\": %d, \"tags\": [\"%s\"]}"
                          .formatted(number * 200 + item, ApiSamples.TAG))
                  .collect(Collectors.joining(",", "[", "]"));
          socket.write(
              number == 50
                  ? response(200, matches)
                  : response(200, matches, "Elements-Next-Page-Token: " + number));
        });
    // When
    RemoteFailure failure = failedSearch(server);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void searchIgnoresInstancesWithoutTheTag() {
    // Given: a service that ignores tags[]
    RawServer server =
        http.server(
            RawServer.always(
                200,
                "["
                    + ApiSamples.instanceJson(7).replace(ApiSamples.TAG.value(), "other")
                    + ","
                    + ApiSamples.instanceJson(8)
                    + "]"));
    HttpInstancesApi api = http.client(server);
    // When
    List<ListedInstance> found = api.findByTag(account(server), ApiSamples.TAG).instances();
    // Then: else another owner's instance would be taken over
    assertThat(found).extracting(ListedInstance::id).containsExactly(8L);
  }

  @Test
  void searchFailsWhenTheListHasNoTags() {
    // Given
    RawServer server = http.server(RawServer.always(200, "[{\"id\": 9, \"token\": \"t\"}]"));
    // When
    RemoteFailure failure = failedSearch(server);
    // Then: left out, it would look as if there were none, and another would be created
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  private static RemoteFailure failedSearch(RawServer server) {
    HttpInstancesApi api = http.client(server);
    return failure(() -> api.findByTag(account(server), ApiSamples.TAG));
  }

  private static String bodyOf(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }
}
