package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request that provisions, as it would be sent, with every secret masked (contract §2, §4).
 *
 * @param url with the account's base URL
 */
public record RequestPreview(String method, String url, JsonNode body) {

  /** What creates the instance, or brings the one to adopt in line. */
  public static RequestPreview of(DesiredInstance desired) {
    InstanceDefinition definition = masked(desired.definition());
    EncodedRequest request =
        EncodedRequest.of(
            desired
                .adoptInstanceId()
                .<InstanceCall.Request<?>>map(id -> new InstanceCall.Replace(id, definition))
                .orElseGet(() -> new InstanceCall.Create(definition, SendWindow.ALWAYS)));
    return new RequestPreview(
        request.method(),
        desired.account().baseUrl() + request.target(),
        request.body().orElseThrow());
  }

  private static InstanceDefinition masked(InstanceDefinition definition) {
    Configuration configuration = definition.configuration();
    SortedMap<String, SecretValue> entries = new TreeMap<>(configuration.entries());
    entries.replaceAll((key, value) ->
        configuration.plain().contains(key) ? value : SecretValue.of(Configuration.MASK));
    return new InstanceDefinition(
        definition.element(),
        definition.name(),
        definition.tags(),
        new Configuration(entries, configuration.plain(), configuration.ignored()));
  }
}
