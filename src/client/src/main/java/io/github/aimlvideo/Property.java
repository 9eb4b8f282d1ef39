package io.github.aimlvideo;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A property of a class of the contract, and what the contract says of it. */
record Property(Field field, String name, Constraint rule) {
  private static final ClassValue<List<Property>> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected List<Property> computeValue(Class<?> model) {
          return Stream.of(model.getDeclaredFields())
              .filter(field -> field.isAnnotationPresent(Constraint.class))
              .map(Property::of)
              .toList();
        }
      };

  /** The properties of a class, in the order of the contract; none if it is no class of it. */
  static List<Property> of(Class<?> model) {
    return OF_CLASS.get(model);
  }

  private static Property of(Field field) {
    field.setAccessible(true);
    String name = field.getAnnotation(SerializedName.class).value();
    return new Property(field, name, field.getAnnotation(Constraint.class));
  }

  Type type() {
    return field.getGenericType();
  }

  String valueOrDefault(Object model) {
    return Objects.toString(valueIn(model), rule.defaultValue());
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
