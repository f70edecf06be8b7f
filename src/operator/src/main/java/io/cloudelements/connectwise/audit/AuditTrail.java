package io.cloudelements.connectwise.audit;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line at INFO, with the keys of {@link AuditKey}, for each call that changes something
 * at the service, however it ends: answered, refused, lost, or not sent at all. The call is made
 * and its result handed on unchanged.
 *
 * <p>Three places know parts of a line: the reconcile knows for whom it calls, the port what, and
 * the connection which HTTP answer came. All of a call is made by one thread, so that what the
 * outer ones know is bound to it.
 */
public final class AuditTrail {
  /** The logger of audit lines. */
  public static final String LOGGER = "audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final ScopedValue<Requester> REQUESTER = ScopedValue.newInstance();
  private static final ScopedValue<AtomicReference<Optional<CallObserver.CallEnd>>> ANSWER =
      ScopedValue.newInstance();

  private final MeterRegistry registry;
  private final InstantSource steadyClock;

  /**
   * @param steadyClock for durations; may not jump
   */
  public AuditTrail(MeterRegistry registry, InstantSource steadyClock) {
    this.registry = registry;
    this.steadyClock = steadyClock;
  }

  /** Tells the lines of a reconcile for whom its calls are made. */
  public static ReconcileObserver reconciles() {
    return (input, _, reconcile) ->
        ScopedValue.where(REQUESTER, Requester.of(input.resource())).call(reconcile::get);
  }

  /** Tells a line which answer its call got. */
  public static CallObserver calls() {
    return new CallObserver() {
      @Override
      public <E extends CallEnd> E observe(Begin begin, Function<Map<String, String>, E> call) {
        E end = call.apply(Map.of());
        if (ANSWER.isBound()) {
          ANSWER.get().set(Optional.of(end));
        }
        return end;
      }
    };
  }

  /** The port that writes the lines. A port that refuses calls must be inside of it. */
  public InstancesApi around(InstancesApi inner) {
    return new InstancesApi() {
      @Override
      public <T> T call(AccountAccess access, InstanceCall<T> call) {
        return call.isRead() ? inner.call(access, call) : audited(inner, access, call);
      }
    };
  }

  private <T> T audited(InstancesApi inner, AccountAccess access, InstanceCall<T> call) {
    AtomicReference<Optional<CallObserver.CallEnd>> answer =
        new AtomicReference<>(Optional.empty());
    Instant begun = steadyClock.instant();
    AuditRecord.Completion end = new AuditRecord.Defect();
    try {
      T value = ScopedValue.where(ANSWER, answer).call(() -> inner.call(access, call));
      end = new AuditRecord.Succeeded(value);
      return value;
    } catch (InstancesApiException e) {
      end = new AuditRecord.Failed(e.failure());
      throw e;
    } finally {
      write(
          AuditRecord.of(
              REQUESTER.isBound() ? Optional.of(REQUESTER.get()) : Optional.empty(),
              access,
              call,
              end,
              answer.get(),
              Duration.between(begun, steadyClock.instant())));
    }
  }

  private void write(AuditRecord record) {
    Counter.builder("connectwise.mutations")
        .description(
            "Calls that change something at the service, by kind and outcome; one audit line each")
        .tag("kind", record.kind())
        .tag("outcome", record.outcome())
        .register(registry)
        .increment();
    LoggingEventBuilder line = LOG.atInfo();
    for (Map.Entry<AuditKey, String> pair : record.values().entrySet()) {
      line = line.addKeyValue(pair.getKey().label(), pair.getValue());
    }
    line.log("{} at the service: {}", record.kind(), record.outcome());
  }
}
