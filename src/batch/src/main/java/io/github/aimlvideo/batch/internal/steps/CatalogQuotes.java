package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.CreditBudget;
import io.github.aimlvideo.batch.internal.store.Quotes;
import io.github.aimlvideo.batch.internal.store.RequestStore;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.SpendingLimit;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Quotes by the catalogue that this worker has read last. Only a batch with a limit asks for them.
 * If the catalogue is down, slow or odd, prices are unknown. Safe for several threads.
 */
final class CatalogQuotes implements Quotes {
  /** For so many intervals a catalogue counts that cannot be read again. */
  private static final int MAX_AGE = 10;

  /** The server may say an amount as a binary fraction. */
  private static final BigDecimal ROUNDING = new BigDecimal("1e-9");

  /** A catalogue, or why there is none. */
  private record State(@Nullable Catalog catalog, long readAt, long askedAt, String failure) {}

  private final WorkerContext context;
  private final Duration interval;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile @Nullable State state;

  CatalogQuotes(WorkerContext context) {
    this.context = context;
    interval = context.config.timing().priceInterval();
  }

  /** Whether the catalogue should be read before a create is sent. */
  boolean isStale() {
    State known = state;
    return known == null || System.nanoTime() - known.askedAt >= interval.toNanos();
  }

  /** Reads the catalogue if it is old. Blocks. */
  synchronized void refresh() {
    if (!isStale()) return;
    long now = System.nanoTime();
    try {
      state = new State(read(), now, now, "");
    } catch (RuntimeException e) {
      String failure = "the catalogue cannot be read: " + context.reason(e);
      State before = state;
      boolean isValid = before != null && now - before.readAt < interval.toNanos() * MAX_AGE;
      state =
          before != null && isValid
              ? new State(before.catalog, before.readAt, now, failure)
              : new State(null, now, now, failure);
    }
  }

  private Catalog read() {
    CompletableFuture<Catalog> reading = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.complete(context.client().catalog());
              } catch (Throwable e) { // whatever an odd response leads to
                reading.completeExceptionally(e);
              }
            },
            "aiml-video-batch-catalogue");
    thread.setDaemon(true);
    thread.start();
    Duration timeout = context.config.timing().catalogTimeout();
    try {
      return reading.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : failed(e.getMessage());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw failed("no response within " + timeout.toMillis() / 1000 + " s");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static ApiException failed(@Nullable String message) {
    return new ApiException(0, String.valueOf(message));
  }

  @Override
  public Quote of(Row row) {
    State known = state;
    String model = row.model();
    if (known == null) return Quote.unknown(model, "the catalogue was not read");
    if (known.catalog == null) return Quote.unknown(model, known.failure);
    try {
      return known.catalog.quote(RequestStore.withoutImages(row));
    } catch (RuntimeException e) {
      return Quote.unknown(model, "the catalogue has no price: " + context.reason(e));
    }
  }

  /** Tells that a create did not cost what was quoted, once for each kind. */
  void charged(Row row, Quote quote, Cost cost) {
    if (context.config.limit().isEmpty() || !quote.isKnown()) return;
    SpendingLimit limit = context.config.limit().get();
    BigDecimal charged = CreditBudget.credits(cost);
    if (charged.signum() == 0) return; // it may be charged later
    BigDecimal least = quote.minimum().map(CreditBudget::credits).orElseThrow();
    BigDecimal most = quote.maximum().map(CreditBudget::credits).orElseThrow();
    BigDecimal rounding = most.multiply(ROUNDING);
    boolean asQuoted =
        charged.add(rounding).compareTo(least) >= 0
            && charged.subtract(rounding).compareTo(most) <= 0;
    if (asQuoted || !told.add(row.kind)) return;
    String range = least.compareTo(most) == 0 ? "" : limit.shown(least) + " to ";
    context.warn(
        "row %s: quoted %s, charged %s; the limit counts what is charged"
            .formatted(row.name, range + limit.shown(most), limit.shown(charged)));
  }
}
