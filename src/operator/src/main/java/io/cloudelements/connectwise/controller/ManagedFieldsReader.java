package io.cloudelements.connectwise.controller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.cloudelements.connectwise.reconcile.LastSpecWriter;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads of {@code managedFields}, which are longer than the rest of a resource, no more than shows
 * who changed the spec last: of each entry its names and time, of its fields whether the spec is
 * among them, and of all entries those of the last write.
 */
final class ManagedFieldsReader extends JsonDeserializer<List<ManagedFieldsEntry>> {

  @Override
  public List<ManagedFieldsEntry> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    List<ManagedFieldsEntry> entries = new ArrayList<>();
    if (!parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return entries;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        entries.add(entry(parser));
      } else {
        parser.skipChildren();
      }
    }
    // mutable, as the model's own lists are
    return new ArrayList<>(LastSpecWriter.last(entries));
  }

  private static ManagedFieldsEntry entry(JsonParser parser) throws IOException {
    ManagedFieldsEntry entry = new ManagedFieldsEntry();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "manager" -> entry.setManager(parser.getValueAsString());
        case "subresource" -> entry.setSubresource(parser.getValueAsString());
        case "time" -> entry.setTime(parser.getValueAsString());
        case "fieldsV1" -> entry.setFieldsV1(fields(parser));
        default -> parser.skipChildren();
      }
    }
    return entry;
  }

  private static FieldsV1 fields(JsonParser parser) throws IOException {
    FieldsV1 fields = new FieldsV1();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(LastSpecWriter.SPEC)) {
          fields.setAdditionalProperty(LastSpecWriter.SPEC, Map.of());
        }
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return fields;
  }
}
