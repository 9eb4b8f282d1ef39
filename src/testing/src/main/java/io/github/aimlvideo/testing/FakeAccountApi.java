package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The requests of the fake for the catalogue, the balance, the ledger and the logs. */
final class FakeAccountApi {
  private static final String MODEL = "/model/";

  /** The errors of the script for each path. */
  private static final Map<String, String> LISTS =
      Map.of(
          "/v1/models", "catalog",
          "/v2/billing", "billing",
          "/v2/billing/transactions", "ledger",
          "/v2/logs", "logs");

  private final FakeTime time;
  private final FakeAccount account;
  private final FakeCatalog catalog;
  private final Supplier<List<FakeGeneration>> generations;

  /**
   * @param account locked while it is used
   * @param generations the oldest first
   */
  FakeAccountApi(
      FakeTime time,
      FakeAccount account,
      FakeCatalog catalog,
      Supplier<List<FakeGeneration>> generations) {
    this.time = time;
    this.account = account;
    this.catalog = catalog;
    this.generations = generations;
  }

  static boolean serves(HttpUrl url) {
    return LISTS.containsKey(url.encodedPath()) || url.encodedPath().startsWith(MODEL);
  }

  FakeResponse respond(HttpUrl url, @Nullable String etag) {
    JsonObject error = nextError(url);
    String kind = error == null ? "" : error.get("error").getAsString();
    if (error != null && kind.equals("rejected")) return FakeResponse.rejected(error);
    if (kind.equals("garbled")) return FakeResponse.html("<html><body>Bad gateway</body></html>");
    if (error != null && kind.equals("delayed")) {
      time.pause(Duration.ofMillis(Math.round(error.get("seconds").getAsDouble() * 1e3)));
    }
    FakeResponse response = response(url, etag);
    return kind.equals("truncated") ? response.truncated() : response;
  }

  private @Nullable JsonObject nextError(HttpUrl url) {
    String list = LISTS.getOrDefault(url.encodedPath(), "catalog");
    boolean isNext = list.equals("ledger") && url.queryParameter("cursor") != null;
    synchronized (account) {
      return account.nextError(isNext ? "nextPages" : list);
    }
  }

  private FakeResponse response(HttpUrl url, @Nullable String etag) {
    List<FakeGeneration> all = generations.get(); // locks another object
    synchronized (account) {
      return switch (url.encodedPath()) {
        case "/v1/models" -> FakeResponse.tagged(catalog.list(url, account.prices()), etag);
        case "/v2/billing" -> FakeResponse.json(account.balance(time.nanoTime()));
        case "/v2/logs" -> FakeResponse.json(logs(url, all));
        case "/v2/billing/transactions" -> ledger(url);
        default -> model(url, etag);
      };
    }
  }

  private FakeResponse model(HttpUrl url, @Nullable String etag) {
    String name = String.join("/", url.pathSegments()).substring(MODEL.length() - 1);
    Optional<JsonObject> model = catalog.single(name, account.prices());
    return model
        .map(found -> FakeResponse.tagged(found, etag))
        .orElse(FakeResponse.error(404, "Model not found"));
  }

  private FakeResponse ledger(HttpUrl url) {
    Optional<JsonObject> page = account.page(url, time.nanoTime());
    return page.map(FakeResponse::json).orElse(FakeResponse.error(400, "Invalid cursor"));
  }

  /** All creates, the newest first. */
  private JsonObject logs(HttpUrl url, List<FakeGeneration> all) {
    int limit = Integer.parseInt(Objects.requireNonNullElse(url.queryParameter("limit"), "50"));
    int offset = Integer.parseInt(Objects.requireNonNullElse(url.queryParameter("offset"), "0"));
    List<JsonObject> rows = new ArrayList<>();
    for (FakeGeneration generation : all) rows.add(row(generation));
    rows.removeIf(selected(url, "model").and(selected(url, "status")).negate());
    Collections.reverse(rows);
    JsonArray data = new JsonArray();
    rows.stream().skip(offset).limit(limit).forEach(data::add);
    JsonObject pagination = new JsonObject();
    pagination.addProperty("limit", limit);
    pagination.addProperty("offset", offset);
    pagination.addProperty("total", rows.size());
    pagination.addProperty("has_more", offset + limit < rows.size());
    JsonObject logs = new JsonObject();
    logs.add("data", data);
    logs.add("pagination", pagination);
    return logs;
  }

  private static Predicate<JsonElement> selected(HttpUrl url, String name) {
    List<@Nullable String> wanted = url.queryParameterValues(name);
    return row ->
        wanted.isEmpty() || wanted.contains(row.getAsJsonObject().get(name).getAsString());
  }

  private JsonObject row(FakeGeneration generation) {
    RecordedCreate create = generation.create();
    JsonObject row = new JsonObject();
    row.addProperty("created", account.time(generation.createdAt()));
    row.addProperty("status", generation.endsWithVideo() ? "succeeded" : "failed");
    row.addProperty("origin", "api");
    row.addProperty("model", create.model());
    row.add("cost", FakeAccount.amount(generation.loggedCost()));
    row.addProperty("inference_id", create.generationId());
    row.addProperty("client_request_id", create.clientRequestId().orElse(null));
    return row;
  }
}
