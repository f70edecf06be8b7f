package io.cloudelements.simulator.model;

import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Consecutive instance ids (contract §11), and tokens and request ids from a seed. */
final class Identifiers {
  private static final int TOKEN_BYTES = 32;

  private final SplittableRandom random;
  private long nextInstance;

  Identifiers(long seed, long firstInstance) {
    random = new SplittableRandom(seed);
    nextInstance = firstInstance;
  }

  /** Makes a draft an instance. */
  Instance issueTo(Instance draft) {
    return draft.with(d -> {
      d.id = instance();
      d.token = token();
    });
  }

  long instance() {
    return nextInstance++;
  }

  /** 44 characters of Base64 (contract §2). */
  String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** 24 hex digits (contract §6). */
  String request() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextInt());
  }

  /** Where to cut the tags of an answer, whose order is not stable (contract §8.5). */
  int rotation(int size) {
    return size < 2 ? 0 : random.nextInt(size);
  }
}
