package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how many passes read what they begin with at the same time: after a start, all of them
 * would, and each holds what it has read until the API server has answered all the others. A pass
 * that waits for the service has no place here.
 *
 * <p>Resources that say they have something to be done have places of their own: a new one does not
 * stand behind ten thousand that only look whether all is well.
 */
final class ReadingPlaces {
  /** Together as many as there are connections. */
  private static final int FOR_NEWS = 24;

  private static final int FOR_THE_REST = 8;

  private final Semaphore news = new Semaphore(FOR_NEWS, true);
  private final Semaphore rest = new Semaphore(FOR_THE_REST, true);

  /** Reads when it is this resource's turn. */
  <T> T read(ConnectWiseInstance resource, Supplier<T> reading) {
    Semaphore places = Errand.of(resource) == Errand.LOOK ? rest : news;
    places.acquireUninterruptibly();
    try {
      return reading.get();
    } finally {
      places.release();
    }
  }
}
