package io.github.aimlvideo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes objects of the contract's classes of free values, and notes each that does not fit. */
final class Conversion {
  private final String model;

  /** By place, such as {@code dynamic_masks[0].mask}. */
  private final Map<String, String> faults = new LinkedHashMap<>();

  Conversion(String model) {
    this.model = model;
  }

  Map<String, String> faults() {
    return faults;
  }

  /** The object at a place, without the values that do not fit; the request has the place "". */
  <T> T object(String place, Map<?, ?> values, Class<T> type) {
    T object = newInstance(type);
    Map<String, Property> properties =
        Property.of(type).stream()
            .collect(
                Collectors.toMap(Property::name, each -> each, (a, b) -> a, LinkedHashMap::new));
    values.forEach(
        (name, given) -> {
          Object value = plain(given);
          if (value == null) return; // as if it were absent
          String at = place.isEmpty() ? "" + name : place + "." + name;
          Property property = properties.get("" + name);
          if (property == null) unknown(at, place, properties.keySet());
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

  private void unknown(String at, String place, Collection<String> names) {
    boolean request = place.isEmpty();
    Stream<String> known = names.stream().filter(name -> !request || !name.equals("model"));
    faults.put(
        at,
        at
            + " is no property of "
            + (request ? model : place)
            + ", which has "
            + known.collect(Collectors.joining(", ")));
  }

  private @Nullable Object value(String place, Object value, Type type) {
    if (type instanceof ParameterizedType generic) return container(place, value, generic);
    Class<?> wanted = (Class<?>) type;
    if (wanted.isInstance(value)) return value;
    if (wanted == Image.class) return image(place, value);
    if (wanted == String.class) return wrong(place, value, "a text");
    if (wanted == Boolean.class) return truth(place, value);
    if (wanted.isEnum()) return constant(place, value, wanted);
    if (Number.class.isAssignableFrom(wanted)) return number(place, value, wanted);
    if (value instanceof Map<?, ?> values) return object(place, values, wanted);
    return wrong(place, value, "an object");
  }

  private @Nullable Object container(String place, Object value, ParameterizedType type) {
    if (type.getRawType() == Map.class) {
      return value instanceof Map<?, ?> ? value : wrong(place, value, "an object");
    }
    if (!(value instanceof Collection<?> items)) return wrong(place, value, "a list");
    List<@Nullable Object> list = new ArrayList<>();
    for (Object given : items) {
      Object item = plain(given);
      String at = place + "[" + list.size() + "]";
      list.add(item == null ? null : value(at, item, type.getActualTypeArguments()[0]));
    }
    return list;
  }

  private @Nullable Object image(String place, Object value) {
    if (value instanceof String text && Image.isUrl(text)) return Image.url(text);
    return wrong(place, value, "an http(s) link or a data URI of an image");
  }

  private @Nullable Object truth(String place, Object value) {
    if (value.equals("true") || value.equals("false")) return Boolean.valueOf((String) value);
    return wrong(place, value, "true or false");
  }

  private @Nullable Object constant(String place, Object value, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(value)) return constant;
    }
    return wrong(
        place,
        value,
        Stream.of(type.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(" or ")));
  }

  /** A text will do if it is a number: the vendor's own sample has a duration of "5". */
  private @Nullable Object number(String place, Object value, Class<?> wanted) {
    boolean fraction = wanted == Double.class;
    BigDecimal number = decimal(value);
    if (number == null) return wrong(place, value, fraction ? "a number" : "an integer");
    if (fraction) return number.doubleValue();
    try {
      long whole = number.longValueExact();
      if (wanted == Long.class) return whole;
      return Math.toIntExact(whole);
    } catch (ArithmeticException e) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      String bits = wanted == Long.class ? "64" : "32";
      return wrong(place, value, whole ? "an integer of " + bits + " bits" : "an integer");
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

  private @Nullable Object wrong(String place, Object value, String wanted) {
    String shown = value.equals("") ? "\"\"" : Image.shorten(value.toString());
    faults.put(place, place + " = " + shown + " must be " + wanted);
    return null;
  }

  /** What a JSON element says, as Java has it; null is absent. */
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
