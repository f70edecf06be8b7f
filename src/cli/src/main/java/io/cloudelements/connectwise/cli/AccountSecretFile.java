package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.reconcile.CredentialsOutcomes;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/**
 * A Secret that opens an account, as a manifest.
 *
 * @param secret with a name
 */
record AccountSecretFile(Secret secret) {
  /**
   * @param file {@code -} for standard input
   * @throws CommandFailure it has not exactly one Secret
   */
  static AccountSecretFile read(String file, InputStream in) {
    List<Secret> secrets =
        Manifest.read(file, in).stream()
            .filter(Manifest::isSecret)
            .map(SecretManifests::stored)
            .toList();
    if (secrets.size() != 1 || secrets.getFirst().getMetadata() == null) {
      throw CommandFailure.usage(
          "--account-secret needs the manifest of one Secret; there are " + secrets.size());
    }
    return new AccountSecretFile(secrets.getFirst());
  }

  String name() {
    return secret.getMetadata().getName();
  }

  /**
   * @throws CommandFailure it lacks a key, or has a value that cannot be sent
   */
  AccountAccess access(URI baseUrl) {
    CredentialsResult result = CredentialsReader.account(SecretContent.of(secret), baseUrl);
    if (result instanceof CredentialsResult.Complete(AccountAccess access, _)) {
      return access;
    }
    throw CommandFailure.usage(CredentialsOutcomes.of(result).message());
  }
}
