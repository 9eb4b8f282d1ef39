package io.github.aimlvideo.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import okhttp3.HttpUrl;

/**
 * The balance and the ledger of an account, in pages of two entries. Its charges are the test's.
 */
public final class FakeLedger {
  private static final int PAGE = 2;
  private static final String CURSOR = "+/=page ";

  private final List<JsonObject> entries = new CopyOnWriteArrayList<>();

  /** The response to a request for the ledger instead of the usual one, unless it is null. */
  public volatile MockResponse response;

  /** Whether the first page says that more follow, without a cursor. */
  public volatile boolean endsInTheMiddle;

  /** How much the clock of the server is ahead. */
  public volatile Duration clock = Duration.ZERO;

  /** Since when the ledger was asked for; null if it was not. */
  public volatile Instant from;

  public void charge(String id, int credits) {
    charge(id, credits, Duration.ofHours(2));
  }

  public void charge(String id, int credits, Duration ago) {
    add("CHARGE", "MODEL_USAGE", id, credits, ago);
  }

  public void refund(String id, int credits) {
    add("TOPUP", "REFUND", id, credits, Duration.ZERO);
  }

  private void add(String direction, String type, String id, int credits, Duration ago) {
    JsonObject amount = new JsonObject();
    amount.addProperty("usd", BigDecimal.valueOf(credits).divide(BigDecimal.valueOf(2_000_000)));
    amount.addProperty("credits", credits);
    JsonObject entry = new JsonObject();
    entry.addProperty("created_at", Instant.now().minus(ago).toString());
    entry.addProperty("direction", direction);
    entry.addProperty("type", type);
    entry.add("amount", amount);
    entry.addProperty("reference_id", id);
    entries.add(0, entry);
  }

  MockResponse respond(HttpUrl url) {
    from = Instant.parse(url.queryParameter("from"));
    if (response != null) return response;
    String cursor = url.queryParameter("cursor");
    int page = cursor == null ? 0 : Integer.parseInt(cursor.substring(CURSOR.length()));
    int end = Math.min(entries.size(), (page + 1) * PAGE);
    boolean more = end < entries.size();
    JsonArray data = new JsonArray();
    entries.subList(page * PAGE, end).forEach(data::add);
    JsonObject pagination = new JsonObject();
    JsonElement next = new JsonPrimitive(CURSOR + (page + 1));
    pagination.add("next_cursor", more && !endsInTheMiddle ? next : JsonNull.INSTANCE);
    pagination.addProperty("has_more", more);
    JsonObject body = new JsonObject();
    body.add("data", data);
    body.add("pagination", pagination);
    return new MockResponse.Builder().body(body.toString()).build();
  }

  /** A response with the time of the server. */
  MockResponse dated(MockResponse response) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).plus(clock);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now);
    return response.newBuilder().addHeader("Date", date).build();
  }
}
