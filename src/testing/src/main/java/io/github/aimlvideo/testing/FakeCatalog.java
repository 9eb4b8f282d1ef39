package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;

/** The catalogue of the mock, {@code mock/catalog.json}, and what creates cost; immutable. */
final class FakeCatalog {
  /** What a create costs whose price the catalogue does not tell, in US dollars. */
  private static final BigDecimal UNKNOWN_PRICE = new BigDecimal("0.28");

  /** How many seconds a video has if the request does not say. */
  private static final BigDecimal SECONDS = BigDecimal.valueOf(5);

  private static final Map<String, Function<JsonObject, Stream<String>>> FILTERS =
      Map.of(
          "id", FakeCatalog::names,
          "type", model -> Stream.of(model.get("type").getAsString()),
          "tags", model -> texts(model.get("tags")),
          "modalities",
              model -> Stream.concat(modalities(model, "input"), modalities(model, "output")),
          "input_modalities", model -> modalities(model, "input"),
          "output_modalities", model -> modalities(model, "output"),
          "capabilities", model -> texts(model.get("capabilities")));

  private final List<JsonObject> models;

  FakeCatalog() {
    try {
      String json = new String(MockFiles.content("mock/catalog.json"), StandardCharsets.UTF_8);
      models = stream(JsonParser.parseString(json)).map(JsonElement::getAsJsonObject).toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot read the catalogue of the fake: " + e.getMessage(), e);
    }
  }

  /** The models that the filters of the URL select. */
  JsonObject list(HttpUrl url, JsonObject prices) {
    JsonArray data = new JsonArray();
    models.stream()
        .filter(
            model -> FILTERS.entrySet().stream().allMatch(filter -> selects(url, filter, model)))
        .map(model -> shown(model, prices, values(url, "include")))
        .forEach(data::add);
    JsonObject list = new JsonObject();
    list.addProperty("object", "list");
    list.add("data", data);
    return list;
  }

  /** The model with this id or alias, with all sections. */
  Optional<JsonObject> single(String name, JsonObject prices) {
    return find(name).map(model -> entry(shown(model, prices, Set.of("all"))));
  }

  private static JsonObject entry(JsonObject model) {
    JsonObject entry = new JsonObject();
    entry.addProperty("object", "model");
    entry.add("data", model);
    return entry;
  }

  private Optional<JsonObject> find(String name) {
    return models.stream().filter(model -> names(model).anyMatch(name::equals)).findFirst();
  }

  private static boolean selects(
      HttpUrl url,
      Map.Entry<String, Function<JsonObject, Stream<String>>> filter,
      JsonObject model) {
    Set<String> wanted = values(url, filter.getKey());
    return wanted.isEmpty()
        || filter.getValue().apply(model).map(FakeCatalog::lower).anyMatch(wanted::contains);
  }

  /** The values of a parameter, which is repeated or has commas. */
  private static Set<String> values(HttpUrl url, String name) {
    Set<String> values = new HashSet<>();
    for (String value : url.queryParameterValues(name)) {
      if (value == null) continue;
      Stream.of(value.split(",")).map(part -> lower(part.strip())).forEach(values::add);
    }
    return values;
  }

  private static JsonObject shown(JsonObject model, JsonObject prices, Set<String> included) {
    JsonObject shown = priced(model, prices);
    for (String section : List.of("pricing", "modalities", "capabilities")) {
      if (!included.contains("all") && !included.contains(section)) shown.remove(section);
    }
    return shown;
  }

  /** A price of the account replaces that of the catalogue; null removes it. */
  private static JsonObject priced(JsonObject model, JsonObject prices) {
    JsonObject priced = model.deepCopy();
    JsonElement own = prices.get(model.get("id").getAsString());
    if (own != null) priced.add("pricing", own);
    if (own instanceof JsonNull) priced.remove("pricing");
    return priced;
  }

  /** What a create costs, in US dollars. */
  BigDecimal cost(JsonObject request, JsonObject prices) {
    try {
      return find(request.get("model").getAsString())
          .map(model -> priced(model, prices).getAsJsonObject("pricing"))
          .flatMap(pricing -> price(pricing, request))
          .filter(cost -> cost.signum() >= 0)
          .orElse(UNKNOWN_PRICE);
    } catch (RuntimeException e) {
      return UNKNOWN_PRICE; // a test has given the model a price of an odd shape
    }
  }

  private static Optional<BigDecimal> price(JsonObject pricing, JsonObject request) {
    String kind = pricing.has("kind") ? pricing.get("kind").getAsString() : "";
    return switch (kind) {
      case "fixed" ->
          stream(pricing.get("units"))
              .reduce((first, second) -> JsonNull.INSTANCE) // of several units none is known
              .filter(JsonElement::isJsonObject)
              .map(unit -> total("name", unit.getAsJsonObject(), request));
      case "variants" ->
          stream(pricing.get("variants"))
              .map(JsonElement::getAsJsonObject)
              .filter(variant -> fits(variant.getAsJsonObject("when"), request))
              .findFirst()
              .map(variant -> total("unit", variant, request));
      default -> Optional.empty();
    };
  }

  /** Requests that leave a parameter open fit any value of it. */
  private static boolean fits(JsonObject when, JsonObject request) {
    return when.entrySet().stream()
        .allMatch(
            entry ->
                !request.has(entry.getKey())
                    || text(request.get(entry.getKey())).equals(text(entry.getValue())));
  }

  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static BigDecimal total(String unit, JsonObject price, JsonObject request) {
    boolean bySecond = price.has(unit) && price.get(unit).getAsString().equals("second");
    BigDecimal seconds =
        request.has("duration") ? request.get("duration").getAsBigDecimal() : SECONDS;
    BigDecimal per = price.has("per") ? price.get("per").getAsBigDecimal() : BigDecimal.ONE;
    BigDecimal count = bySecond ? seconds : BigDecimal.ONE;
    return price.get("price").getAsBigDecimal().multiply(count).divide(per, MathContext.DECIMAL64);
  }

  private static Stream<String> names(JsonObject model) {
    return Stream.concat(Stream.of(model.get("id").getAsString()), texts(model.get("aliases")));
  }

  private static Stream<String> modalities(JsonObject model, String direction) {
    return texts(model.getAsJsonObject("modalities").get(direction));
  }

  private static Stream<String> texts(JsonElement array) {
    return stream(array).map(JsonElement::getAsString);
  }

  private static Stream<JsonElement> stream(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
