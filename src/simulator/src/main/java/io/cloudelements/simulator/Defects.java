package io.cloudelements.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.simulator.fault.Fault.WrongTypes.Defect;

/** Makes a good answer a wrong one that is still JSON. */
final class Defects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Defects() {}

  static String inflict(Defect defect, String body) {
    if (defect == Defect.BODY_EMPTY || body.isEmpty()) {
      return "";
    }
    if (defect == Defect.BODY_IS_TEXT) {
      return "\"OK\"";
    }
    JsonNode root = parse(body);
    if (root.isArray()) {
      root.forEach(item -> inflict(defect, (ObjectNode) item));
    } else {
      inflict(defect, (ObjectNode) root);
    }
    return root.toString();
  }

  private static void inflict(Defect defect, ObjectNode instance) {
    switch (defect) {
      case ID_IS_TEXT -> instance.put("id", instance.path("id").asText());
      case ID_IS_WORDS -> instance.put("id", "one two three");
      case ID_ABSENT -> instance.remove("id");
      case TOKEN_NULL -> instance.putNull("token");
      case TOKEN_ABSENT -> instance.remove("token");
      case TAGS_NUMBER -> instance.put("tags", 7);
      case CONFIGURATION_ARRAY -> instance.putArray("configuration");
      case ELEMENT_TEXT -> instance.put("element", "connectwisehd");
      case BODY_IS_TEXT, BODY_EMPTY -> throw new IllegalArgumentException(defect.name());
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The model answered something that is not JSON", e);
    }
  }
}
