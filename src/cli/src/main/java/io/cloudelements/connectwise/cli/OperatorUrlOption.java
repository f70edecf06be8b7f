package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.Setting;
import io.cloudelements.connectwise.drift.OrphanPage;
import java.net.URI;
import picocli.CommandLine.Option;

/** {@code --url}: where the operator's report of orphans is. */
final class OperatorUrlOption {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "of the operator's port; default: ${DEFAULT-VALUE}")
  private URI url =
      URI.create("http://localhost:" + Setting.HTTP_PORT.defaultValue().orElseThrow());

  OperatorPort port() {
    return new OperatorPort(url, "--url");
  }

  /** What the operator reports now. */
  OrphanLookup orphans() {
    return OrphanLookup.read(port(), port().page(OrphanPage.PATH));
  }
}
