package io.github.aimlvideo.internal.validation;

import com.google.gson.annotations.SerializedName;
import io.github.aimlvideo.VideoRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A property of one of the contract's classes, with its constraints. */
public record ModelProperty(Field field, String name, Constraint constraint) {
  private static final Map<Class<?>, List<ModelProperty>> OF_CLASS = new ConcurrentHashMap<>();

  /** The properties of a class in the order of the contract; none of other classes. */
  public static List<ModelProperty> of(Class<?> model) {
    return OF_CLASS.computeIfAbsent(
        model,
        type ->
            Stream.of(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Constraint.class))
                .map(ModelProperty::of)
                .toList());
  }

  private static ModelProperty of(Field field) {
    field.setAccessible(true);
    String name = field.getAnnotation(SerializedName.class).value();
    return new ModelProperty(field, name, field.getAnnotation(Constraint.class));
  }

  Type type() {
    return field.getGenericType();
  }

  /** A property of a typed request as text, or the server's default, as far as it is known. */
  public static String textOf(VideoRequest request, String name) {
    return of(request.getClass()).stream()
        .filter(property -> property.name().equals(name))
        .map(property -> property.valueOrDefault(request))
        .findFirst()
        .orElse("");
  }

  /** The value as text, else the server's default, else an empty text. */
  String valueOrDefault(Object model) {
    return Objects.toString(valueIn(model), constraint.defaultValue());
  }

  /** Whether it is the model of a request, and may have this name. */
  boolean isModel(String model) {
    return name.equals("model") && List.of(constraint.values()).contains(model);
  }

  @Nullable Object valueIn(Object model) {
    try {
      return field.get(model);
    } catch (IllegalAccessException e) {
      throw new AssertionError("setAccessible did not throw", e);
    }
  }

  void set(Object model, @Nullable Object value) {
    try {
      field.set(model, value);
    } catch (IllegalAccessException e) {
      throw new AssertionError("setAccessible did not throw", e);
    }
  }
}
