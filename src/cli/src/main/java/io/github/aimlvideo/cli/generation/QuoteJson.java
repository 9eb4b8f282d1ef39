package io.github.aimlvideo.cli.generation;

import com.google.gson.JsonObject;
import io.github.aimlvideo.catalog.Quote;
import java.util.Locale;

/** A quote as {@code --json} prints it. */
final class QuoteJson {
  private QuoteJson() {}

  /** Amounts only where they are known. */
  static JsonObject of(Quote quote) {
    JsonObject json = new JsonObject();
    json.addProperty("basis", quote.basis().name().toLowerCase(Locale.ROOT));
    quote.minimum().ifPresent(cost -> json.addProperty("minUsd", cost.usd()));
    quote.maximum().ifPresent(cost -> json.addProperty("maxUsd", cost.usd()));
    quote.minimum().ifPresent(cost -> json.addProperty("minCredits", cost.credits()));
    quote.maximum().ifPresent(cost -> json.addProperty("maxCredits", cost.credits()));
    json.addProperty("explanation", quote.explanation());
    return json;
  }
}
