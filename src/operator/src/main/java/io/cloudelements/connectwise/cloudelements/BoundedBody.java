package io.cloudelements.connectwise.cloudelements;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/** Collects an answer's body up to a bound, and fails at the first byte beyond it. */
final class BoundedBody implements BodyStream<Buffer> {

  /** The body is larger than the bound. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLargeException() {
      super("body too large", null, false, false);
    }
  }

  private final int maxBytes;
  private final Buffer collected = Buffer.buffer();
  private final Promise<Buffer> result = Promise.promise();

  BoundedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public Future<Buffer> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    if (result.future().isComplete()) {
      return result.future().mapEmpty();
    }
    if (collected.length() + (long) chunk.length() > maxBytes) {
      result.fail(new TooLargeException());
      return result.future().mapEmpty();
    }
    collected.appendBuffer(chunk);
    return Future.succeededFuture();
  }

  @Override
  public void write(Buffer chunk, Handler<AsyncResult<Void>> handler) {
    write(chunk).onComplete(handler);
  }

  @Override
  public void end(Handler<AsyncResult<Void>> handler) {
    result.tryComplete(collected);
    handler.handle(Future.succeededFuture());
  }

  @Override
  public void handle(Throwable failure) {
    result.tryFail(failure);
  }

  @Override
  public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public BoundedBody setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public BoundedBody drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
