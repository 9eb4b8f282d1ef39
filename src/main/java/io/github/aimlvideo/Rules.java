package io.github.aimlvideo;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Holds a request against the contract: each fault with the property, the value and the rule. */
final class Rules {
  private final List<String> faults = new ArrayList<>();

  private Rules() {}

  /**
   * Lets a request pass that keeps the contract.
   *
   * @throws IllegalArgumentException if it does not; one line names every fault
   */
  static void check(Object request) {
    Rules rules = new Rules();
    rules.checkFields("", Objects.requireNonNull(request, "request"));
    if (!rules.faults.isEmpty())
      throw new IllegalArgumentException(String.join("; ", rules.faults));
  }

  /** The value of a property as text, else the server's default, if either is known. */
  static Optional<String> value(VideoRequest request, String name) {
    if (request instanceof ModelRequest free) {
      return Optional.ofNullable(free.properties().get(name)).map(Object::toString);
    }
    return Property.OF_CLASS.get(request.getClass()).stream()
        .filter(property -> property.name.equals(name))
        .map(property -> property.valueOrDefault(request))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** A property of a class of the contract, and what the contract says of it. */
  private record Property(Field field, String name, Constraint rule) {
    static final ClassValue<List<Property>> OF_CLASS =
        new ClassValue<>() {
          @Override
          protected List<Property> computeValue(Class<?> model) {
            return Stream.of(model.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Constraint.class))
                .map(Property::of)
                .toList();
          }
        };

    private static Property of(Field field) {
      field.setAccessible(true);
      String name = field.getAnnotation(SerializedName.class).value();
      return new Property(field, name, field.getAnnotation(Constraint.class));
    }

    String valueOrDefault(Object model) {
      return Objects.toString(valueIn(model), rule.defaultValue());
    }

    Object valueIn(Object model) {
      try {
        return field.get(model);
      } catch (IllegalAccessException e) {
        throw new AssertionError("setAccessible did not throw", e);
      }
    }
  }

  private void checkFields(String prefix, Object model) {
    for (Property property : Property.OF_CLASS.get(model.getClass())) {
      String name = prefix + property.name;
      Object value = property.valueIn(model);
      if (value != null) checkValue(name, value, property.rule);
      else if (property.rule.required()) faults.add(name + " is missing, it is required");
    }
  }

  private void checkValue(String name, Object value, Constraint rule) {
    if (value instanceof Number number) checkNumber(name, number, rule);
    else if (value instanceof String text) checkText(name, text, rule);
    else if (value instanceof Collection<?> items) checkItems(name, items, rule);
    else checkFields(name + ".", value);
  }

  private void checkNumber(String name, Number value, Constraint rule) {
    if (!Double.isFinite(value.doubleValue())) {
      faults.add(name + " = " + value + " is no number that JSON has");
      return;
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (!rule.minimum().isEmpty() && number.compareTo(new BigDecimal(rule.minimum())) < 0) {
      faults.add(name + " = " + value + " must be at least " + rule.minimum());
    }
    if (!rule.maximum().isEmpty() && number.compareTo(new BigDecimal(rule.maximum())) > 0) {
      faults.add(name + " = " + value + " must be at most " + rule.maximum());
    }
    checkValues(name, value, rule, allowed -> number.compareTo(new BigDecimal(allowed)) == 0);
  }

  private void checkText(String name, String text, Constraint rule) {
    if (rule.required() && text.isBlank()) faults.add(name + " is empty, it is required");
    checkCount(
        name,
        text.codePointCount(0, text.length()),
        rule.minLength(),
        rule.maxLength(),
        "characters");
    checkValues(name, text, rule, text::equals);
  }

  private void checkValues(String name, Object value, Constraint rule, Predicate<String> isValue) {
    if (rule.values().length == 0 || Stream.of(rule.values()).anyMatch(isValue)) return;
    faults.add(name + " = " + value + " must be " + String.join(" or ", rule.values()));
  }

  private void checkItems(String name, Collection<?> items, Constraint rule) {
    checkCount(name, items.size(), rule.minItems(), rule.maxItems(), "items");
    int index = 0;
    for (Object item : items) {
      String place = name + "[" + index++ + "]";
      if (item == null) faults.add(place + " is null");
      else if (!(item instanceof String || item instanceof Number)) checkFields(place + ".", item);
    }
  }

  private void checkCount(String name, int count, int fewest, int most, String what) {
    if (count < fewest)
      faults.add(name + " has " + count + " " + what + ", must have at least " + fewest);
    if (count > most)
      faults.add(name + " has " + count + " " + what + ", must have at most " + most);
  }
}
