package io.github.aimlvideo.internal.validation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts untyped properties to an object of the generated class of a model. */
public final class RequestConverter {
  private static final String MODEL = "model";
  private static final int MAX_SHOWN = 100;
  private static final Map<String, Class<? extends VideoRequest>> CLASSES = classes();

  private final String model;

  /** By path, such as {@code dynamic_masks[0].mask}. */
  private final Map<String, String> violations = new LinkedHashMap<>();

  private RequestConverter(String model) {
    this.model = model;
  }

  /**
   * A typed request and what the contract says against it.
   *
   * @param request empty if the model has no class
   * @param violations if there are any, the request is incomplete
   */
  public record Result(Optional<VideoRequest> request, List<String> violations) {}

  private static Map<String, Class<? extends VideoRequest>> classes() {
    Map<String, Class<? extends VideoRequest>> classes = new HashMap<>();
    for (Class<? extends VideoRequest> type : RequestClasses.all()) {
      for (ModelProperty property : ModelProperty.of(type)) {
        if (!property.name().equals(MODEL)) continue;
        for (String model : property.constraint().values()) classes.put(model, type);
      }
    }
    return classes;
  }

  /** Converts the properties of a request to a model. */
  public static Result convert(String model, Map<String, Object> properties) {
    Class<? extends VideoRequest> type = CLASSES.get(model);
    if (type == null) return new Result(Optional.empty(), List.of());
    Map<String, Object> values = new LinkedHashMap<>(properties);
    values.put(MODEL, model);
    RequestConverter converter = new RequestConverter(model);
    VideoRequest request = converter.object("", values, type);
    List<String> violations = new ArrayList<>(converter.violations.values());
    violations.addAll(RequestValidator.violations(request, converter.violations.keySet()));
    return new Result(Optional.of(request), List.copyOf(violations));
  }

  /** The object at a path, without values of a wrong type; the path of the request is empty. */
  private <T> T object(String path, Map<?, ?> values, Class<T> type) {
    T object = newInstance(type);
    Map<String, ModelProperty> properties =
        ModelProperty.of(type).stream()
            .collect(
                Collectors.toMap(
                    ModelProperty::name, each -> each, (a, b) -> a, LinkedHashMap::new));
    values.forEach(
        (name, given) -> {
          Object value = plain(given);
          if (value == null) return; // absent
          String at = path.isEmpty() ? "" + name : path + "." + name;
          ModelProperty property = properties.get("" + name);
          if (property == null) unknown(at, path, properties.keySet());
          else property.set(object, value(at, value, property.type()));
        });
    return object;
  }

  private static <T> T newInstance(Class<T> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a generated class has a public constructor", e);
    }
  }

  private void unknown(String at, String path, Collection<String> names) {
    boolean isRequest = path.isEmpty();
    Stream<String> known = names.stream().filter(name -> !isRequest || !name.equals(MODEL));
    violations.put(
        at,
        at
            + " is not a property of "
            + (isRequest ? model : path)
            + ", which has "
            + known.collect(Collectors.joining(", ")));
  }

  private @Nullable Object value(String path, Object value, Type type) {
    if (type instanceof ParameterizedType generic) return container(path, value, generic);
    Class<?> wanted = (Class<?>) type;
    if (wanted.isInstance(value)) return value;
    if (wanted == Image.class) return image(path, value);
    if (wanted == String.class) return wrong(path, value, "a string");
    if (wanted == Boolean.class) return bool(path, value);
    if (wanted.isEnum()) return constant(path, value, wanted);
    if (Number.class.isAssignableFrom(wanted)) return number(path, value, wanted);
    if (value instanceof Map<?, ?> values) return object(path, values, wanted);
    return wrong(path, value, "an object");
  }

  private @Nullable Object container(String path, Object value, ParameterizedType type) {
    if (type.getRawType() == Map.class) {
      return value instanceof Map<?, ?> ? value : wrong(path, value, "an object");
    }
    if (!(value instanceof Collection<?> items)) return wrong(path, value, "an array");
    List<@Nullable Object> list = new ArrayList<>();
    for (Object given : items) {
      Object item = plain(given);
      String at = path + "[" + list.size() + "]";
      list.add(item == null ? null : value(at, item, type.getActualTypeArguments()[0]));
    }
    return list;
  }

  private @Nullable Object image(String path, Object value) {
    if (value instanceof String text && Image.isUrl(text)) return Image.url(text);
    return wrong(path, value, "an http(s) URL or a data URI of an image");
  }

  private @Nullable Object bool(String path, Object value) {
    if (value.equals("true") || value.equals("false")) return Boolean.valueOf((String) value);
    return wrong(path, value, "true or false");
  }

  private @Nullable Object constant(String path, Object value, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(value)) return constant;
    }
    return wrong(
        path,
        value,
        Stream.of(type.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(" or ")));
  }

  /** A string is accepted if it is a number: the vendor's own sample has a duration of "5". */
  private @Nullable Object number(String path, Object value, Class<?> wanted) {
    boolean fraction = wanted == Double.class;
    BigDecimal number = decimal(value);
    if (number == null) return wrong(path, value, fraction ? "a number" : "an integer");
    if (fraction) return number.doubleValue();
    try {
      long whole = number.longValueExact();
      if (wanted == Long.class) return whole;
      return Math.toIntExact(whole);
    } catch (ArithmeticException e) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      String bits = wanted == Long.class ? "64" : "32";
      return wrong(path, value, whole ? "an integer of " + bits + " bits" : "an integer");
    }
  }

  private static @Nullable BigDecimal decimal(Object value) {
    if (!(value instanceof Number || value instanceof String)) return null;
    try {
      return new BigDecimal(value.toString().strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private @Nullable Object wrong(String path, Object value, String wanted) {
    String shown = value.equals("") ? "\"\"" : shorten(value.toString());
    violations.put(path, path + " = " + shown + " must be " + wanted);
    return null;
  }

  /** Never the content of an image. */
  private static String shorten(String text) {
    boolean image = text.regionMatches(true, 0, "data:", 0, 5);
    if (!image && text.length() <= MAX_SHOWN) return text;
    int end = image ? Math.min(text.indexOf(',') + 1, MAX_SHOWN) : MAX_SHOWN;
    return text.substring(0, end) + "... (" + text.length() + " characters)";
  }

  /** A JSON element as a Java value; null is absent. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof JsonObject object) return object.asMap();
    if (value instanceof JsonArray array) return array.asList();
    if (!(value instanceof JsonPrimitive primitive)) {
      return value instanceof JsonElement ? null : value;
    }
    if (primitive.isBoolean()) return primitive.getAsBoolean();
    return primitive.isNumber() ? primitive.getAsNumber() : primitive.getAsString();
  }
}
