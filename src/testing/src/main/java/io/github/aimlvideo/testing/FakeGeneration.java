package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A generation of the fake and how far its script has got; the same as in the mock. */
final class FakeGeneration {
  private final JsonObject script;
  private final FakeErrors errors;
  private @Nullable RecordedCreate create;
  private BigDecimal cost = BigDecimal.ZERO;
  private long createdAt;

  FakeGeneration(GenerationScript script) {
    this.script = script.json();
    this.errors = new FakeErrors(this.script);
  }

  void created(RecordedCreate create, BigDecimal cost, long now) {
    this.create = create;
    this.cost = cost;
    createdAt = now;
  }

  RecordedCreate create() {
    if (create == null) throw new IllegalStateException("not created");
    return create;
  }

  Duration latency() {
    return script.has("latency") ? seconds(script, "latency") : Duration.ZERO;
  }

  boolean endsWithVideo() {
    return isCompleted(script.getAsJsonObject("end"));
  }

  /** Takes the next error out of a list of the script; null if none is left. */
  @Nullable JsonObject nextError(String list) {
    return errors.next(list);
  }

  /** What it costs, in US dollars, if the catalogue says so much. */
  BigDecimal cost(BigDecimal price) {
    return script.has("cost") ? script.get("cost").getAsBigDecimal() : price;
  }

  long createdAt() {
    return createdAt;
  }

  /** When it ends, in nanoseconds. */
  long endsAt() {
    long end = createdAt;
    for (JsonElement state : states()) end += seconds(state.getAsJsonObject(), "seconds").toNanos();
    return end;
  }

  /** The cost in the logs, in US dollars. */
  BigDecimal loggedCost() {
    return endsWithVideo() ? cost : BigDecimal.ZERO;
  }

  /**
   * A charge.
   *
   * @param after how long after the end
   */
  record Charge(Duration after, BigDecimal usd) {}

  List<Charge> charges() {
    if (!script.has("charges")) {
      return endsWithVideo() ? List.of(new Charge(Duration.ZERO, cost)) : List.of();
    }
    return script.getAsJsonArray("charges").asList().stream()
        .map(charge -> charge(charge.getAsJsonObject()))
        .toList();
  }

  private Charge charge(JsonObject charge) {
    BigDecimal usd = charge.has("usd") ? charge.get("usd").getAsBigDecimal() : cost;
    return new Charge(seconds(charge, "after"), usd);
  }

  /** The generation as the API describes it. */
  JsonObject stateAt(long now, String link) {
    JsonObject json = new JsonObject();
    json.addProperty("id", create().generationId());
    JsonObject state = scriptedState(Duration.ofNanos(now - createdAt));
    json.add("status", state.get("status"));
    if (state.has("error")) json.add("error", state.get("error"));
    if (isCompleted(state)) {
      JsonObject video = new JsonObject();
      video.addProperty("url", link);
      json.add("video", video);
    }
    return json;
  }

  private JsonObject scriptedState(Duration age) {
    Duration until = Duration.ZERO;
    for (JsonElement state : states()) {
      until = until.plus(seconds(state.getAsJsonObject(), "seconds"));
      if (age.compareTo(until) < 0) return state.getAsJsonObject();
    }
    return script.getAsJsonObject("end");
  }

  private JsonArray states() {
    return script.has("states") ? script.getAsJsonArray("states") : new JsonArray();
  }

  private static boolean isCompleted(JsonObject state) {
    return state.get("status").getAsString().equals("completed");
  }

  private static Duration seconds(JsonObject json, String name) {
    return Duration.ofMillis(Math.round(json.get(name).getAsDouble() * 1e3));
  }
}
