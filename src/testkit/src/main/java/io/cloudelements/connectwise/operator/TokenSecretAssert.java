package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Assertions about a tenant's token Secret, in the words of a person. */
public final class TokenSecretAssert {
  private final Tenant tenant;
  private final String secret;

  private TokenSecretAssert(Tenant tenant, String secret) {
    this.tenant = tenant;
    this.secret = secret;
  }

  public static TokenSecretAssert assertThatSecret(Tenant tenant, String secret) {
    return new TokenSecretAssert(tenant, secret);
  }

  /** It has the token of the only instance that there is. */
  public TokenSecretAssert hasCurrentToken() {
    assertThat(tenant.deliveredToken(secret)).isEqualTo(tenant.account().instance().token());
    return this;
  }

  /** It was made, deleted and made again, and no Secret was written besides. */
  public TokenSecretAssert wasMadeAnew() {
    assertThat(secretWrites(tenant))
        .containsExactly(
            "create secrets/%s 201".formatted(secret),
            "delete secrets/%s 200".formatted(secret),
            "create secrets/%s 201".formatted(secret));
    return this;
  }

  /** What the operator wrote of Secrets, as {@link Tenant#writes} has it. */
  public static List<String> secretWrites(Tenant tenant) {
    return tenant.writes().stream().filter(write -> write.contains(" secrets/")).toList();
  }
}
