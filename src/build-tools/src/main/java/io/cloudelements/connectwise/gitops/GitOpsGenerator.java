package io.cloudelements.connectwise.gitops;

import io.cloudelements.connectwise.chart.ProjectVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes what is derived of the files for Argo CD and Flux. */
public final class GitOpsGenerator {
  /** What a person types to write them anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@gitops";

  static final Path FOLDER = Path.of("deploy", "gitops");
  static final Path ARGO_CD_OPERATOR = FOLDER.resolve("argocd/applications/operator.yaml");
  static final Path FLUX_OPERATOR = FOLDER.resolve("flux/connectwise-operator/release.yaml");
  static final Path CONFIG_MAP = FOLDER.resolve("argocd/argocd-cm.yaml");

  private static final Pattern VERSION =
      Pattern.compile("(?m)^( +(?:targetRevision|tag): )\\d+\\.\\d+\\.\\d+\\S*$");

  private GitOpsGenerator() {}

  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<Path, String> file : files().entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  /** Each derived file by its path from the root of the repository. */
  static Map<Path, String> files() {
    Map<Path, String> files = new LinkedHashMap<>(ArgoCdCustomization.files());
    HealthScript.ALL.forEach(script -> files.put(script.file(), script.text()));
    files.put(
        CONFIG_MAP,
        ArgoCdCustomization.configMap(script -> {
          Path file = ArgoCdCustomization.FOLDER.resolve(script).normalize();
          return files.containsKey(file) ? files.get(file) : read(file);
        }));
    files.put(ARGO_CD_OPERATOR, ofThisVersion(ARGO_CD_OPERATOR));
    files.put(FLUX_OPERATOR, ofThisVersion(FLUX_OPERATOR));
    return files;
  }

  /** The file with the version of the chart that a release of this repository publishes. */
  private static String ofThisVersion(Path file) {
    return VERSION.matcher(read(file)).replaceAll("$1" + ProjectVersion.read());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
