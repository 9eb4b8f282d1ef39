package io.github.aimlvideo.cli.generation;

import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.account.PriceText;
import io.github.aimlvideo.cli.request.SentRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a create would send and cost.
 *
 * @param balance empty without a key, or if it cannot be read
 */
record DryRun(VideoRequest request, Quote quote, Optional<Balance> balance) {
  /** Lines for a person. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("request:");
    SentRequest.lines(request).forEach(line -> lines.add("  " + line));
    lines.add("quote: " + Budget.shown(quote));
    balance.ifPresent(it -> lines.add("balance: " + text(it)));
    return String.join(System.lineSeparator(), lines);
  }

  private String text(Balance it) {
    String amount = it.usd().map(PriceText::of).orElse(it.toString());
    return amount + suffices().map(yes -> yes ? "" : ", which does not suffice").orElse("");
  }

  /** Whether the balance covers the most that it costs; empty if that is not known. */
  Optional<Boolean> suffices() {
    Optional<BigDecimal> usd = balance.flatMap(Balance::usd);
    Optional<BigDecimal> most = quote.maximum().map(Cost::usd);
    return usd.flatMap(there -> most.map(needed -> there.compareTo(needed) >= 0));
  }

  /** One object. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("dryRun", true);
    json.add("request", SentRequest.toJson(request));
    json.add("quote", QuoteJson.of(quote));
    balance.ifPresent(
        it -> {
          JsonObject there = new JsonObject();
          there.addProperty("amount", it.amount());
          if (!it.currency().isEmpty()) there.addProperty("currency", it.currency());
          it.usd().ifPresent(usd -> there.addProperty("usd", usd));
          suffices().ifPresent(yes -> there.addProperty("suffices", yes));
          json.add("balance", there);
        });
    return json;
  }
}
