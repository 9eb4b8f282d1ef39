package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.account.PriceText;
import io.github.aimlvideo.cli.account.TimeLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request costs, and whether the balance suffices; whatever fails is only told. */
final class Quotes {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** A form asks often while a slider moves. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Recent<Catalog> catalog;
  private final @Nullable Recent<Balance> balance;

  /**
   * @param hasKey whether the client has a key, without which there is no balance
   */
  Quotes(VideoClient client, boolean hasKey) {
    catalog = new Recent<>("the catalogue", client::catalog);
    balance = hasKey ? new Recent<>("the balance", () -> client.account().balance()) : null;
  }

  JsonObject of(UntypedVideoRequest request) {
    return toJson(quote(request));
  }

  /** Of a request that cannot be read. */
  JsonObject unknown(String model, String reason) {
    return toJson(Quote.unknown(model, reason));
  }

  private JsonObject toJson(Quote quote) {
    JsonObject json = new JsonObject();
    json.addProperty("known", quote.isKnown());
    json.addProperty("text", text(quote));
    json.addProperty("explanation", quote.explanation());
    balance().ifPresent(it -> add(json, it, quote));
    return json;
  }

  private static void add(JsonObject json, Balance balance, Quote quote) {
    Optional<BigDecimal> usd = balance.usd();
    json.addProperty("balance", usd.map(PriceText::of).orElse(balance.toString()));
    Optional<BigDecimal> most = quote.maximum().map(Cost::usd);
    if (usd.isEmpty() || most.isEmpty()) return;
    json.addProperty("suffices", usd.get().compareTo(most.get()) >= 0);
  }

  private static String text(Quote quote) {
    if (!quote.isKnown()) return "price unknown";
    String most = PriceText.of(quote.maximum().orElseThrow().usd());
    String least = PriceText.of(quote.minimum().orElseThrow().usd());
    return least.equals(most) ? most : least + " to " + most;
  }

  private Quote quote(UntypedVideoRequest request) {
    String model = request.getModel();
    if (!request.violations().isEmpty()) {
      return Quote.unknown(model, "the request is not complete, or not valid");
    }
    try {
      return catalog.get().quote(request.toTyped());
    } catch (ApiException e) {
      return Quote.unknown(model, "no catalogue: " + ErrorMessage.reason(e));
    } catch (RuntimeException e) {
      return Quote.unknown(model, "the catalogue has no price: " + e.getMessage());
    }
  }

  private Optional<Balance> balance() {
    try {
      return Optional.ofNullable(balance).map(Recent::get);
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  /** What the server said within the last seconds, or how that failed. */
  private static final class Recent<T> {
    private final String what;
    private final Supplier<T> call;
    private @Nullable T value;
    private @Nullable ApiException failure;
    private long readAt;

    Recent(String what, Supplier<T> call) {
      this.what = what;
      this.call = call;
    }

    /** One asks at a time; the others get the same. */
    synchronized T get() {
      boolean isFresh = System.nanoTime() - readAt < FRESH.toNanos();
      if (isFresh && failure != null) throw failure;
      T known = value;
      if (isFresh && known != null) return known;
      try {
        T read = TimeLimit.within(LIMIT, what, call);
        value = read;
        failure = null;
        return read;
      } catch (ApiException e) {
        failure = e;
        throw e;
      } finally {
        readAt = System.nanoTime();
      }
    }
  }
}
