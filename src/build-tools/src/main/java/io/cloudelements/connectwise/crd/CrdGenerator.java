package io.cloudelements.connectwise.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Writes the custom resource definitions, which are derived from the records of {@code api.v1}. */
public final class CrdGenerator {
  /** What a person types to write the files anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@crds";

  private static final String HEADER =
      "# Generated from io.cloudelements.connectwise.api.v1; do not edit. To write it anew:\n# "
          + COMMAND
          + "\n";

  private CrdGenerator() {}

  public static void main(String[] arguments) throws IOException {
    for (CrdFile file : CrdFile.values()) {
      Files.createDirectories(file.path().getParent());
      Files.writeString(file.path(), yaml(file));
    }
  }

  /** The content of {@link CrdFile#path()}. */
  static String yaml(CrdFile file) {
    KindDefinition kind =
        switch (file) {
          case INSTANCES -> new InstanceKindDefinition();
          case ACCOUNTS -> new AccountKindDefinition();
        };
    CustomResourceDefinition definition = fromRecords(kind);
    FinishedDefinition.finish(definition, kind);
    // not Fabric8's own writer, whose minimal quoting turns the strings True and False to booleans
    YAMLMapper writer =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    try {
      return HEADER + writer.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the definition cannot be written as YAML", e);
    }
  }

  private static CustomResourceDefinition fromRecords(KindDefinition kind) {
    InMemory output = new InMemory();
    new CRDGenerator()
        .customResourceClasses(kind.records())
        .forCRDVersions("v1")
        .withOutput(output)
        .generate();
    return Serialization.unmarshal(
        output.bytes.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
  }

  /** Keeps what the generator would write to a file; there is nothing to close. */
  private static final class InMemory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public void close() {}
  }
}
