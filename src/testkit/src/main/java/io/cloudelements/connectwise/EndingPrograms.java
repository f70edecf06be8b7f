package io.cloudelements.connectwise;

import java.util.function.IntSupplier;

/**
 * Programs that end as the operator does, with a thread left that would keep the JVM alive: for the
 * tests of {@link Shutdown}.
 */
final class EndingPrograms {
  private EndingPrograms() {}

  /** A jar is missing. */
  static final class Broken {
    public static void main(String[] arguments) {
      end(() -> {
        throw new NoClassDefFoundError("io/example/Missing");
      });
    }
  }

  /** The run ended by itself. */
  static final class WrongSetting {
    public static void main(String[] arguments) {
      end(() -> 2);
    }
  }

  private static void end(IntSupplier operator) {
    Shutdown end = Shutdown.onSignal();
    Thread.ofPlatform().daemon(false).start(EndingPrograms::awaitForEver);
    end.after(operator);
  }

  private static void awaitForEver() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
