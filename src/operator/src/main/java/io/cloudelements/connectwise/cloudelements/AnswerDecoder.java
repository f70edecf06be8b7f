package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.Create;
import io.cloudelements.connectwise.instance.InstanceCall.ListPage;
import io.cloudelements.connectwise.instance.InstanceCall.Patch;
import io.cloudelements.connectwise.instance.InstanceCall.Read;
import io.cloudelements.connectwise.instance.InstanceCall.ReadAuditLog;
import io.cloudelements.connectwise.instance.InstanceCall.ReadOrganization;
import io.cloudelements.connectwise.instance.InstanceCall.Replace;
import io.cloudelements.connectwise.instance.InstanceCall.ShowsNothing;
import io.cloudelements.connectwise.instance.InstancePage;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Decodes 2xx answers; what each of them means depends on its call. */
final class AnswerDecoder {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

  private AnswerDecoder() {}

  /** Whether an answer is of no use without its body. */
  static boolean needsBody(InstanceCall.Request<?> call) {
    return !(call instanceof ShowsNothing);
  }

  /** The meaning of an answer of which no more is known than that it is too large. */
  static <T> Optional<T> tooLarge(InstanceCall.Request<T> call) {
    return call instanceof ListPage
        ? Optional.of(call.answerType().cast(InstancePage.TOO_LARGE))
        : Optional.empty();
  }

  /** The meaning of an answer. */
  static <T> T decode(
      InstanceCall.Request<T> call, JsonNode body, Response response, SecretScrubber scrubber)
      throws IllTypedAnswerException {
    Object answer =
        switch (call) {
          case Read(long id) -> instance(id, body);
          case Create _, Patch _, Replace _ -> InstanceReader.instance(body);
          case ListPage list -> page(list, body, response);
          case ReadOrganization _ ->
              new OrganizationAnswer.Told(OrganizationReader.organization(body, scrubber));
          case ReadAuditLog log -> AuditLogReader.lastChange(log, body, scrubber);
          case ShowsNothing _ -> new InstanceCall.Done();
        };
    return call.answerType().cast(answer);
  }

  private static RemoteInstance instance(long id, JsonNode body) throws IllTypedAnswerException {
    RemoteInstance instance = InstanceReader.instance(body);
    if (instance.id() != id) {
      throw new IllTypedAnswerException("another instance than was asked for");
    }
    return instance;
  }

  private static InstancePage page(ListPage list, JsonNode body, Response response)
      throws IllTypedAnswerException {
    InstancePage page =
        new InstancePage(
            InstanceReader.listed(body),
            response.header("Elements-Next-Page-Token").filter(token -> !token.isBlank()),
            response
                .header("Elements-Total-Count")
                .filter(COUNT.asMatchPredicate())
                .map(count -> OptionalLong.of(Long.parseLong(count)))
                .orElse(OptionalLong.empty()));
    boolean searched = list.tag().isPresent() && list.page().hydrated();
    if (searched && page.instances().stream().anyMatch(each -> each.tags().isEmpty())) {
      throw new IllTypedAnswerException("a listed instance without tags");
    }
    return page;
  }
}
