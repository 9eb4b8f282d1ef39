package io.github.aimlvideo.internal.validation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.internal.values.ShortText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts and checks a request in the order of the contract. Maps become objects of the generated
 * classes; objects of these classes are only checked.
 */
public final class RequestConverter {
  private static final String MODEL = "model";

  private final String model;
  private final List<String> violations = new ArrayList<>();
  private final ConstraintChecks constraints = new ConstraintChecks(violations);

  private RequestConverter(String model) {
    this.model = model;
  }

  /**
   * A typed request and its violations.
   *
   * @param request empty if the model has no generated class; incomplete if there are violations
   */
  public record Result(Optional<VideoRequest> request, List<String> violations) {}

  /** Converts the properties of a request to a model. */
  public static Result convert(String model, Map<String, Object> properties) {
    Map<String, Object> values = new LinkedHashMap<>(properties);
    values.put(MODEL, model);
    RequestConverter converter = new RequestConverter(model);
    Optional<VideoRequest> request =
        classOf(model).map(type -> type.cast(converter.object("", values, type)));
    return new Result(request, List.copyOf(converter.violations));
  }

  /** Whether a model has a generated class. */
  public static boolean hasClass(String model) {
    return classOf(model).isPresent();
  }

  private static Optional<Class<? extends VideoRequest>> classOf(String model) {
    return RequestClasses.all().stream()
        .filter(type -> ModelProperty.of(type).stream().anyMatch(each -> each.isModel(model)))
        .findFirst();
  }

  /**
   * Checks a typed request; an untyped one has no violations.
   *
   * @throws IllegalArgumentException if it violates the contract
   */
  public static void check(Object request) {
    RequestConverter converter = new RequestConverter("");
    converter.object("", request, Objects.requireNonNull(request, "request").getClass());
    refuse(converter.violations);
  }

  /**
   * Refuses a request that has violations.
   *
   * @throws IllegalArgumentException if there are any; one line names all of them
   */
  public static void refuse(List<String> violations) {
    if (violations.isEmpty()) return;
    throw new IllegalArgumentException(ShortText.message(String.join("; ", violations)));
  }

  /** The object at a path; the path of the request is empty. */
  private Object object(String path, Object given, Class<?> type) {
    boolean isMap = given instanceof Map;
    Map<String, Object> values = isMap ? present((Map<?, ?>) given) : new HashMap<>();
    Object object = isMap ? newInstance(type) : given;
    String prefix = path.isEmpty() ? "" : path + ".";
    for (ModelProperty property : ModelProperty.of(type)) {
      String at = prefix + property.name();
      Object value = values.remove(property.name());
      if (value == null) value = property.valueIn(object);
      if (value == null) {
        if (property.constraint().required()) violations.add(at + " is missing; it is required");
        continue;
      }
      Object converted = value(at, value, property.type());
      if (converted != null) constraints.check(at, converted, property.constraint());
      if (isMap) property.set(object, converted);
    }
    for (String unknown : values.keySet()) {
      violations.add(
          "%s is not a property of %s, which has %s"
              .formatted(
                  prefix + ShortText.value(unknown), path.isEmpty() ? model : path, names(type)));
    }
    return object;
  }

  private static Map<String, Object> present(Map<?, ?> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach(
        (name, element) -> {
          Object value = plain(element);
          if (value != null) values.put("" + name, value);
        });
    return values;
  }

  private static Object newInstance(Class<?> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a generated class has a public constructor", e);
    }
  }

  private static String names(Class<?> type) {
    return ModelProperty.of(type).stream()
        .map(ModelProperty::name)
        .filter(name -> !name.equals(MODEL))
        .collect(Collectors.joining(", "));
  }

  /** Converts a value to a type of the contract; null after a violation. */
  private @Nullable Object value(String path, Object value, Type type) {
    Class<?> wanted = TypeToken.get(type).getRawType();
    if (type instanceof ParameterizedType list && wanted == List.class) {
      return list(path, value, list.getActualTypeArguments()[0]);
    }
    boolean isModel = !ModelProperty.of(wanted).isEmpty();
    if (isModel && (value instanceof Map || wanted.isInstance(value))) {
      return object(path, value, wanted);
    }
    if (wanted.isInstance(value)) return value;
    if (Number.class.isAssignableFrom(wanted)) return number(path, value, wanted);
    if (wanted == String.class) return wrong(path, value, "a string");
    if (wanted == Boolean.class) return oneOf(path, value, true, false);
    if (wanted.isEnum()) return oneOf(path, value, wanted.getEnumConstants());
    if (wanted != Image.class) return wrong(path, value, "an object");
    if (value instanceof String url && Image.isUrl(url)) return Image.url(url);
    return wrong(path, value, "an http(s) URL, or a data URI or Base64 of an image");
  }

  private @Nullable Object list(String path, Object value, Type itemType) {
    if (!(value instanceof Collection<?> items)) return wrong(path, value, "an array");
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : items) {
      Object item = plain(element);
      String at = path + "[" + list.size() + "]";
      if (item == null) violations.add(at + " is null");
      list.add(item == null ? null : value(at, item, itemType));
    }
    return list;
  }

  private @Nullable Object oneOf(String path, Object value, Object... allowed) {
    for (Object each : allowed) {
      if (each.toString().equals(value)) return each;
    }
    return wrong(
        path, value, Stream.of(allowed).map(Object::toString).collect(Collectors.joining(" or ")));
  }

  /** A string is accepted if it is a number: the vendor's own sample has a duration of "5". */
  private @Nullable Object number(String path, Object value, Class<?> wanted) {
    String expected = wanted == Double.class ? "a number" : "an integer";
    try {
      BigDecimal number = new BigDecimal(value.toString().strip());
      if (wanted == Double.class) return number.doubleValue();
      if (number.stripTrailingZeros().scale() > 0) return wrong(path, value, expected);
      if (wanted == Long.class) return number.longValueExact();
      return number.intValueExact();
    } catch (NumberFormatException e) {
      return wrong(path, value, expected);
    } catch (ArithmeticException e) {
      return wrong(path, value, expected + " of " + (wanted == Long.class ? 64 : 32) + " bits");
    }
  }

  private @Nullable Object wrong(String path, Object value, String wanted) {
    String shown = value.equals("") ? "\"\"" : ShortText.value(value);
    violations.add(path + " = " + shown + " must be " + wanted);
    return null;
  }

  /** A JSON element as a Java value; JSON's null is null. */
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
