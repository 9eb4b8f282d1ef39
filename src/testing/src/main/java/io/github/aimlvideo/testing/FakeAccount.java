package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The balance and the ledger of the fake, which its creates move. Not thread-safe. */
final class FakeAccount {
  private static final BigDecimal CREDITS_PER_USD = BigDecimal.valueOf(2_000_000);
  private static final BigDecimal STANDARD_BALANCE = BigDecimal.valueOf(100_000);
  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparingLong(Entry::at).thenComparingInt(Entry::number).reversed();

  private final Instant start = Instant.now();
  private final List<Entry> charges = new ArrayList<>();
  private JsonObject script = AccountScript.standard().json();
  private FakeErrors errors = new FakeErrors(script);

  /**
   * An entry of the ledger.
   *
   * @param at nanoseconds of the fake time, maybe in the future
   */
  private record Entry(
      long at, int number, BigDecimal usd, @Nullable String model, @Nullable String reference) {}

  void use(AccountScript account) {
    script = account.json();
    errors = new FakeErrors(script);
  }

  /** Takes the next error of an endpoint; null if none is left. */
  @Nullable JsonObject nextError(String list) {
    return errors.next(list);
  }

  JsonObject prices() {
    return script.has("prices") ? script.getAsJsonObject("prices") : new JsonObject();
  }

  /** A time of the server in ISO 8601. */
  String time(long at) {
    return instant(at).toString();
  }

  private Instant instant(long at) {
    double ahead = script.has("clock") ? script.get("clock").getAsDouble() : 0;
    return start.plusNanos(at).plusMillis(Math.round(ahead * 1e3));
  }

  static BigDecimal credits(BigDecimal usd) {
    return usd.multiply(CREDITS_PER_USD).setScale(0, RoundingMode.HALF_UP);
  }

  static JsonObject amount(BigDecimal usd) {
    JsonObject amount = new JsonObject();
    amount.addProperty("usd", plain(usd));
    amount.addProperty("credits", credits(usd));
    return amount;
  }

  /** Without zeros at its end, and without an exponent. */
  private static BigDecimal plain(BigDecimal usd) {
    return usd.setScale(Math.max(0, usd.stripTrailingZeros().scale()));
  }

  /** Whether the balance covers this cost besides all charges that are still to come. */
  boolean covers(BigDecimal usd) {
    return left(charge -> true).compareTo(usd) >= 0;
  }

  /** Adds the charges of a generation, which may be in the future. */
  void charge(FakeGeneration generation) {
    for (FakeGeneration.Charge charge : generation.charges()) {
      long at = generation.endsAt() + charge.after().toNanos();
      RecordedCreate create = generation.create();
      charges.add(
          new Entry(at, charges.size() + 1, charge.usd(), create.model(), create.generationId()));
    }
  }

  JsonObject balance(long now) {
    JsonObject balance = new JsonObject();
    balance.addProperty("current_balance", plain(left(charge -> charge.at <= now)));
    balance.addProperty("currency", "USD");
    return balance;
  }

  private BigDecimal left(Predicate<Entry> counts) {
    return charges.stream().filter(counts).map(Entry::usd).reduce(initial(), BigDecimal::subtract);
  }

  private BigDecimal initial() {
    return script.has("balance") ? script.get("balance").getAsBigDecimal() : STANDARD_BALANCE;
  }

  /** A page of the ledger; empty if the cursor is not one of this fake, to the letter. */
  Optional<JsonObject> page(HttpUrl url, long now) {
    List<Entry> entries = new ArrayList<>(charges);
    entries.add(new Entry(0, 0, initial(), null, null));
    entries.removeIf(entry -> entry.at > now || entry.usd.signum() == 0 || !accepts(url, entry));
    entries.sort(NEWEST_FIRST);
    String cursor = url.queryParameter("cursor");
    int from = 0;
    if (cursor != null) {
      while (from < entries.size() && !cursor(entries.get(from)).equals(cursor)) from++;
      if (from++ == entries.size()) return Optional.empty();
    }
    String limit = url.queryParameter("limit");
    int end = script.has("ledgerEnds") ? script.get("ledgerEnds").getAsInt() : Integer.MAX_VALUE;
    int to = Math.min(end, from + (limit == null ? 50 : Integer.parseInt(limit)));
    boolean hasMore = to < entries.size();
    List<Entry> page =
        entries.subList(Math.min(from, entries.size()), Math.min(to, entries.size()));
    return Optional.of(
        page(page, hasMore, hasMore && to < end ? cursor(entries.get(to - 1)) : null));
  }

  private boolean accepts(HttpUrl url, Entry entry) {
    JsonObject shown = shown(entry);
    Instant created = instant(entry.at);
    return matches(url, "direction", shown)
        && matches(url, "type", shown)
        && since(url.queryParameter("from"), created)
        && !(url.queryParameter("to") != null && since(url.queryParameter("to"), created));
  }

  private static boolean matches(HttpUrl url, String name, JsonObject entry) {
    String wanted = url.queryParameter(name);
    return wanted == null || wanted.equals(entry.get(name).getAsString());
  }

  private static boolean since(@Nullable String from, Instant time) {
    return from == null || !time.isBefore(OffsetDateTime.parse(from).toInstant());
  }

  /** Has characters that a query must escape. */
  private static String cursor(Entry entry) {
    return entry.at + "+/" + entry.number + "==";
  }

  private JsonObject page(List<Entry> entries, boolean hasMore, @Nullable String cursor) {
    JsonObject pagination = new JsonObject();
    pagination.addProperty("next_cursor", cursor);
    pagination.addProperty("has_more", hasMore);
    JsonObject page = new JsonObject();
    JsonArray data = new JsonArray();
    entries.forEach(entry -> data.add(shown(entry)));
    page.add("data", data);
    page.add("pagination", pagination);
    return page;
  }

  private JsonObject shown(Entry entry) {
    boolean isCharge = entry.reference != null;
    JsonObject shown = new JsonObject();
    shown.addProperty("created_at", time(entry.at));
    shown.addProperty("direction", isCharge ? "CHARGE" : "TOPUP");
    shown.addProperty("type", isCharge ? "MODEL_USAGE" : "PAYMENT");
    shown.add("amount", amount(entry.usd));
    shown.addProperty("model", entry.model);
    shown.addProperty("reference_id", entry.reference);
    return shown;
  }
}
