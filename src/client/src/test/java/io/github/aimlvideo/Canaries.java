package io.github.aimlvideo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Bodies that are valid for a request schema, and bodies with a wrong type at each place of it.
 * Where Prism cannot compile a schema, it silently accepts everything; these bodies detect that.
 */
public final class Canaries {
  private static final Map<String, String> FORMATS =
      Map.of(
          "uri", "https://example.com/image.png",
          "uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6",
          "date", "2026-01-20",
          "date-time", "2026-01-20T09:30:00Z",
          "email", "fox@example.com");

  /** Texts for the patterns of published requests; the schema's own example comes first. */
  private static final List<String> TEXTS =
      List.of("text", "16:9", "1280x720", "1280*720", "720p", "5", "5s", "#00ff00", "en", "en-US");

  /** A value of each JSON type. */
  private static final Map<String, JsonElement> VALUES =
      Map.of(
          "string", new JsonPrimitive("text"),
          "number", new JsonPrimitive(7.5),
          "boolean", new JsonPrimitive(true),
          "object", new JsonObject(),
          "array", new JsonArray());

  private final JsonObject schema;
  private final String title;

  /** For a schema without references. */
  Canaries(JsonObject schema) {
    this.schema = schema;
    this.title = schema.has("title") ? schema.get("title").getAsString() : "request";
  }

  /** The title of the schema. */
  public String title() {
    return title;
  }

  /** The schema without references. */
  JsonObject schema() {
    return schema;
  }

  /** The model as the mock encodes it in a path. */
  public String model() {
    JsonObject model = schema.getAsJsonObject("properties").getAsJsonObject("model");
    byte[] name =
        model.getAsJsonArray("enum").get(0).getAsString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
  }

  /** A body with a wrong type at one place. */
  public record Canary(String place, JsonElement body) {
    private Canary in(JsonObject object, String name) {
      JsonObject copy = object.deepCopy();
      copy.add(name, body);
      return new Canary(place, copy);
    }

    private Canary in(JsonArray array) {
      JsonArray copy = array.deepCopy();
      copy.set(0, body);
      return new Canary(place, copy);
    }

    @Override
    public String toString() {
      return place;
    }
  }

  /** Bodies of which at least one is valid: all properties, or those that a variant requires. */
  public List<JsonElement> bodies() {
    List<JsonElement> bodies = new ArrayList<>(List.of(object(schema, List.of())));
    for (JsonObject variant : members(schema).toList()) {
      List<String> names = new ArrayList<>(names(schema, "required"));
      names.addAll(names(variant, "required"));
      bodies.add(object(schema, names));
    }
    if (schema.has("required")) bodies.add(object(schema, names(schema, "required")));
    return bodies;
  }

  /** The body with a wrong type, once for each place that has a type. */
  public List<Canary> spoiled(JsonElement body) {
    return canaries(schema, title, body).toList();
  }

  private static List<String> names(JsonObject schema, String key) {
    if (!schema.has(key)) return List.of();
    return schema.getAsJsonArray(key).asList().stream().map(JsonElement::getAsString).toList();
  }

  private static Stream<JsonObject> members(JsonObject schema) {
    return Stream.of("oneOf", "anyOf")
        .filter(schema::has)
        .flatMap(union -> schema.getAsJsonArray(union).asList().stream())
        .map(JsonElement::getAsJsonObject);
  }

  private static JsonElement sample(JsonObject schema) {
    if (schema.has("enum")) return schema.getAsJsonArray("enum").get(0);
    Optional<JsonObject> member = members(schema).findFirst();
    if (member.isPresent() && !schema.has("properties")) return sample(member.get());
    return switch (type(schema)) {
      case "object" -> object(schema, List.of());
      case "array" -> array(schema);
      case "integer", "number" -> number(schema);
      case "boolean" -> new JsonPrimitive(true);
      default -> text(schema);
    };
  }

  /** With the named properties, or with all if none is named. */
  private static JsonObject object(JsonObject schema, List<String> names) {
    JsonObject object = new JsonObject();
    if (schema.has("minProperties")
        && schema.get("additionalProperties") instanceof JsonObject any) {
      for (int i = 0; i < schema.get("minProperties").getAsInt(); i++)
        object.add("p" + i, sample(any));
    }
    if (!schema.has("properties")) return object;
    for (var property : schema.getAsJsonObject("properties").entrySet()) {
      JsonObject value = property.getValue().getAsJsonObject();
      boolean hasText = !value.has("pattern") || matching(value).isPresent();
      boolean wanted = names.isEmpty() ? hasText : names.contains(property.getKey());
      if (wanted) object.add(property.getKey(), sample(value));
    }
    return object;
  }

  private static JsonArray array(JsonObject schema) {
    JsonArray array = new JsonArray();
    int length = schema.has("minItems") ? Math.max(1, schema.get("minItems").getAsInt()) : 1;
    JsonObject items = schema.getAsJsonObject("items");
    while (array.size() < length) array.add(differing(sample(items), items, array.size()));
    return array;
  }

  /** The next value of an enum, another number or text: items may have to be unique. */
  private static JsonElement differing(JsonElement sample, JsonObject schema, int index) {
    if (schema.has("enum")) {
      JsonArray values = schema.getAsJsonArray("enum");
      return values.get(index % values.size());
    }
    if (index == 0 || !sample.isJsonPrimitive() || schema.has("maximum")) return sample;
    JsonPrimitive value = sample.getAsJsonPrimitive();
    if (value.isNumber())
      return new JsonPrimitive(value.getAsBigDecimal().add(BigDecimal.valueOf(index)));
    boolean free = value.isString() && !schema.has("pattern") && !schema.has("maxLength");
    return free && !schema.has("format") ? new JsonPrimitive(value.getAsString() + index) : sample;
  }

  private static JsonPrimitive number(JsonObject schema) {
    BigDecimal step = limit(schema, "multipleOf").orElse(BigDecimal.ONE);
    BigDecimal number = limit(schema, "minimum").orElse(BigDecimal.ONE);
    number = number.divide(step, 0, RoundingMode.CEILING).multiply(step);
    boolean excluded =
        schema.has("exclusiveMinimum") && schema.get("exclusiveMinimum").getAsBoolean();
    if (excluded && limit(schema, "minimum").orElseThrow().compareTo(number) == 0) {
      number = number.add(type(schema).equals("integer") ? step : new BigDecimal("0.01"));
    }
    BigDecimal most = limit(schema, "maximum").orElse(number);
    boolean below = schema.has("exclusiveMaximum") && schema.get("exclusiveMaximum").getAsBoolean();
    if (below && number.compareTo(most) >= 0) number = most.subtract(step);
    if (number.compareTo(most) > 0) number = limit(schema, "minimum").orElse(most);
    return new JsonPrimitive(
        number.stripTrailingZeros().scale() <= 0 ? number.toBigInteger() : number);
  }

  private static Optional<BigDecimal> limit(JsonObject schema, String name) {
    return Optional.ofNullable(schema.get(name)).map(JsonElement::getAsBigDecimal);
  }

  private static Optional<String> matching(JsonObject schema) {
    Pattern pattern = Pattern.compile(schema.get("pattern").getAsString());
    Stream<String> own =
        Stream.of("example", "default")
            .filter(schema::has)
            .map(key -> schema.get(key).getAsString());
    return Stream.concat(own, TEXTS.stream()).filter(pattern.asPredicate()).findFirst();
  }

  private static JsonPrimitive text(JsonObject schema) {
    Optional<String> matching = schema.has("pattern") ? matching(schema) : Optional.empty();
    if (matching.isPresent()) return new JsonPrimitive(matching.get());
    String format = schema.has("format") ? schema.get("format").getAsString() : "";
    String text = FORMATS.getOrDefault(format, "text");
    int fewest = schema.has("minLength") ? schema.get("minLength").getAsInt() : 0;
    double most = limit(schema, "maxLength").map(BigDecimal::doubleValue).orElse(Double.MAX_VALUE);
    String longer = text.length() < fewest ? text + "x".repeat(fewest - text.length()) : text;
    return new JsonPrimitive(longer.substring(0, (int) Math.min(most, longer.length())));
  }

  private static String type(JsonObject schema) {
    return schema.has("type") ? schema.get("type").getAsString() : "";
  }

  private static boolean accepts(JsonObject schema, String type) {
    List<JsonObject> members = members(schema).toList();
    if (!members.isEmpty() && !schema.has("type")) {
      return members.stream().anyMatch(member -> accepts(member, type));
    }
    String own = type(schema);
    return own.isEmpty() || own.equals(type) || own.equals("integer") && type.equals("number");
  }

  /** A wrong type at this place, and at each place below it. */
  private static Stream<Canary> canaries(JsonObject schema, String place, JsonElement sample) {
    Stream<Canary> here =
        Stream.of("number", "string", "boolean", "object", "array")
            .filter(type -> !accepts(schema, type))
            .limit(1)
            .map(type -> new Canary(place, VALUES.get(type)));
    return Stream.concat(here, below(schema, place, sample));
  }

  private static Stream<Canary> below(JsonObject schema, String place, JsonElement sample) {
    if (sample instanceof JsonObject object && schema.has("properties")) {
      JsonObject properties = schema.getAsJsonObject("properties");
      return properties.keySet().stream()
          .flatMap(name -> ofProperty(properties.getAsJsonObject(name), place, object, name));
    }
    if (sample instanceof JsonArray array && schema.has("items") && !array.isEmpty()) {
      return canaries(schema.getAsJsonObject("items"), place + "[0]", array.get(0))
          .map(canary -> canary.in(array));
    }
    return Stream.empty();
  }

  private static Stream<Canary> ofProperty(
      JsonObject schema, String place, JsonObject object, String name) {
    JsonElement value = object.has(name) ? object.get(name) : sample(schema);
    return canaries(schema, place + "." + name, value).map(canary -> canary.in(object, name));
  }
}
