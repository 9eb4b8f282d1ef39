package io.github.aimlvideo.cli.studio.code;

import com.google.gson.annotations.SerializedName;
import io.github.aimlvideo.model.CameraControl;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object of a generated class, whose fluent setters have the names of its fields. */
record JavaObject(Object value) {
  private static final Package GENERATED = CameraControl.class.getPackage();
  private static final int MAX_COORDINATES = 3;

  Class<?> type() {
    return value.getClass();
  }

  /** The properties that a new object does not have, in the order of the contract. */
  Map<String, Object> changed() {
    Object fresh = fresh();
    Map<String, Object> changed = new LinkedHashMap<>();
    for (Field field : properties()) {
      Object given = valueIn(value, field);
      if (given != null && !given.equals(valueIn(fresh, field)))
        changed.put(field.getName(), given);
    }
    return changed;
  }

  private Object fresh() {
    boolean generated = !properties().isEmpty() || GENERATED.equals(type().getPackage());
    if (!generated) throw new IllegalArgumentException("not a value of a request: " + type());
    try {
      return type().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a generated class has a public constructor", e);
    }
  }

  /** Whether it has nothing but a few numbers, such as x and y. */
  boolean isPoint() {
    List<Field> properties = properties();
    return !properties.isEmpty()
        && properties.size() <= MAX_COORDINATES
        && properties.stream().allMatch(each -> valueIn(value, each) instanceof Number)
        && properties.stream().allMatch(each -> unboxed(each).isPrimitive());
  }

  /** The values of its properties, of a point. */
  Stream<Object> values() {
    return properties().stream().map(each -> Objects.requireNonNull(valueIn(value, each)));
  }

  /** A method that makes such a point of its coordinates. */
  String method(String name, String type) {
    List<Field> properties = properties();
    return """

          private static %s %s(%s) {
            return new %s()%s;
          }
        """
        .formatted(
            type,
            name,
            properties.stream()
                .map(each -> unboxed(each) + " " + each.getName())
                .collect(Collectors.joining(", ")),
            type,
            properties.stream()
                .map(each -> "." + each.getName() + "(" + each.getName() + ")")
                .collect(Collectors.joining()));
  }

  private static Class<?> unboxed(Field field) {
    return MethodType.methodType(field.getType()).unwrap().returnType();
  }

  private List<Field> properties() {
    return Stream.of(type().getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(SerializedName.class))
        .toList();
  }

  private static @Nullable Object valueIn(Object object, Field field) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError("setAccessible did not throw", e);
    }
  }
}
