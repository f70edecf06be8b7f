package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static io.cloudelements.connectwise.instance.Effect.NONE;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.InUse;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.simulator.model.Behaviour.WrongPassword;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Privilege;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The port against the model of the platform, through all of HTTP: every call, every refusal. */
class InstancesApiSimulatorTest {
  @RegisterExtension final SimulatedService service = new SimulatedService();

  @ParameterizedTest
  @EnumSource(names = {"CONNECTWISE_HD", "CONNECTWISE_CRM"})
  void createSendsTheDocumentedBodyAndReadsTheAnswer(Element element)
      throws JsonProcessingException {
    // Given: the seed's request, with values for its placeholders and the operator's tags
    String prefix = element.defaultPrefix();
    String seed =
        """
        {"element": {"key": "%1$s"},
         "configuration": {"%2$s.username": "plain username", "%2$s.password": "%3$s",
                           "%2$s.server.url": "plain serverUrl", "%2$s.company": "plain company"},
         "tags": ["acme", "connectwise-operator", "%4$s"],
         "name": "Acme help desk"}
        """
            .formatted(element.key(), prefix, ApiSamples.PASSWORD, ApiSamples.TAG);
    // When
    RemoteInstance created =
        service.api().create(service.account(), ApiSamples.definition(element), SendWindow.ALWAYS);
    // Then
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(service.simulator().journal().unmaskedBody(1)))
        .isEqualTo(json.readTree(seed));
    Instance real = service.simulator().platform().live().getFirst();
    assertThat(created.id()).isEqualTo(real.id());
    assertThat(created.token().reveal()).isEqualTo(real.token());
    assertThat(created.elementKey()).contains(element.key());
    assertThat(created.configuration()).containsEntry(prefix + ".password", "********");
  }

  @Test
  void readReturnsTheInstance() {
    // Given
    long id = service.create();
    service.world().invalidate(id);
    // When
    RemoteInstance read = service.api().read(service.account(), id);
    // Then
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.valid()).contains(false);
    assertThat(read.disabled()).contains(false);
    assertThat(read.carries(ApiSamples.TAG)).isTrue();
  }

  @Test
  void searchFindsOnlyInstancesWithTheTag() {
    // Given: one of ours and one of another owner
    long id = service.create();
    service.byHand("other");
    // When
    List<ListedInstance> found =
        service.api().findByTag(service.account(), ApiSamples.TAG).instances();
    // Then: a listing does not say whether it is disabled
    assertThat(found).extracting(ListedInstance::id).containsExactly(id);
    assertThat(found.getFirst().disabled()).isEmpty();
  }

  @Test
  void searchWithoutMatchesIsEmpty() {
    // Given: the service says 404
    // When
    List<ListedInstance> found =
        service.api().findByTag(service.account(), ApiSamples.TAG).instances();
    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void searchReadsAllPages() {
    // Given: pages of two
    service.behaves(b -> b.maxPageSize = 2);
    for (int i = 0; i < 5; i++) {
      service.byHand(ApiSamples.TAG.value());
    }
    // When
    List<ListedInstance> found =
        service.api().findByTag(service.account(), ApiSamples.TAG).instances();
    // Then: on one connection
    assertThat(found).hasSize(5).doesNotHaveDuplicates();
    assertThat(service.simulator().journal().count(Route.GET_INSTANCES)).isEqualTo(3);
  }

  @Test
  void patchChangesOnlyNameAndTags() {
    // Given
    long id = service.create();
    // When
    RemoteInstance patched =
        service
            .api()
            .patch(service.account(), id, Optional.of("New name"), Optional.of(Set.of("a", "b")));
    // Then
    assertThat(patched.name()).contains("New name");
    assertThat(patched.tags()).contains(Set.of("a", "b"));
    assertThat(service.simulator().platform().live().getFirst().configuration())
        .containsEntry("helpdesk.connectwise.password", ApiSamples.PASSWORD);
  }

  @Test
  void replaceKeepsIdAndToken() {
    // Given
    RemoteInstance created =
        service.api().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS);
    // When
    RemoteInstance replaced =
        service.api().replace(service.account(), created.id(), ApiSamples.definition());
    // Then
    assertThat(replaced.id()).isEqualTo(created.id());
    assertThat(replaced.token()).isEqualTo(created.token());
  }

  @Test
  void disablesAndEnablesAnInstance() {
    // Given
    long id = service.create();
    // When
    service.api().setEnabled(service.account(), id, false);
    // Then
    assertThat(service.api().read(service.account(), id).disabled()).contains(true);
    service.api().setEnabled(service.account(), id, true);
    assertThat(service.api().read(service.account(), id).disabled()).contains(false);
  }

  @Test
  void aSecondDeletionIsNotFound() {
    // Given
    long id = service.create();
    // When
    service.api().delete(service.account(), id);
    // Then: only the caller knows what a second one means
    assertThat(service.simulator().platform().live()).isEmpty();
    assertThat(failure(() -> service.api().delete(service.account(), id)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void readingAMissingInstanceIsNotFound() {
    // Given, When
    RemoteFailure failure = failure(() -> service.api().read(service.account(), 4711));
    // Then
    assertThat(failure).isInstanceOf(NotFound.class);
    assertThat(failure.answer().requestId()).isPresent();
  }

  @Test
  void deletingAnInstanceInUseFails() {
    // Given
    long id = service.create();
    service.world().markInUse(id);
    // When
    RemoteFailure failure = failure(() -> service.api().delete(service.account(), id));
    // Then
    assertThat(failure).isInstanceOf(InUse.class);
    assertThat(failure.answer().message()).isPresent();
  }

  @Test
  void everyCallRejectsARevokedAccount() {
    // Given
    service.world().revokeUser(ApiSamples.USER_SECRET);
    List<Runnable> calls =
        List.of(
            () ->
                service.api().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS),
            () -> service.api().read(service.account(), 7),
            () -> service.api().findByTag(service.account(), ApiSamples.TAG),
            () -> service.api().listPage(service.account(), PageRequest.LARGEST),
            () -> service.api().patch(service.account(), 7, Optional.of("n"), Optional.empty()),
            () -> service.api().replace(service.account(), 7, ApiSamples.definition()),
            () -> service.api().setEnabled(service.account(), 7, true),
            () -> service.api().delete(service.account(), 7));
    // When
    List<RemoteFailure> failures = calls.stream().map(HttpTestClient::failure).toList();
    // Then: never "gone"
    assertThat(failures).hasSize(8).hasOnlyElementsOfType(AccountRejected.class);
  }

  @Test
  void anAccountWithoutAPrivilegeIsDenied() {
    // Given
    service.world().addUser("reader", "org", EnumSet.of(Privilege.VIEW_INSTANCES));
    URI baseUrl = service.account().account().baseUrl();
    AccountAccess reader =
        AccountAccess.to(new Account(baseUrl, SecretValue.of("reader"), SecretValue.of("org")));
    // When
    RemoteFailure failure =
        failure(() -> service.api().create(reader, ApiSamples.definition(), SendWindow.ALWAYS));
    // Then
    assertThat(failure).isInstanceOf(AccessDenied.class);
  }

  static List<Arguments> wrongPasswords() {
    return List.of(
        argumentSet("401", WrongPassword.UNAUTHORIZED, ProviderRejected.class, NONE),
        argumentSet("400", WrongPassword.BAD_REQUEST, ProviderRejected.class, NONE),
        argumentSet("500", WrongPassword.SERVER_ERROR, ServiceFailed.class, UNKNOWN),
        argumentSet("502", WrongPassword.BAD_GATEWAY, ServiceFailed.class, UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("wrongPasswords")
  void aWrongPasswordIsNotAnAccountFailure(
      WrongPassword way, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given: ConnectWise accepts another login only; four ways were seen
    service.world().acceptLogin(ProviderAccount.of("other", "other", "other"));
    service.behaves(b -> b.wrongPassword = way);
    // When
    RemoteFailure failure =
        failure(() ->
            service.api().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS));
    // Then: and the service's own words are there for the user
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
    assertThat(failure.answer().message().or(failure.answer()::providerMessage)).isPresent();
  }
}
