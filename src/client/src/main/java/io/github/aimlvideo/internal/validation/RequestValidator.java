package io.github.aimlvideo.internal.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds a request against the contract: each fault with the property, the value and the constraint.
 */
public final class RequestValidator {
  private final List<String> violations = new ArrayList<>();
  private final Set<String> known;

  private RequestValidator(Set<String> known) {
    this.known = known;
  }

  /**
   * Accepts a request that satisfies the contract.
   *
   * @throws IllegalArgumentException if it does not; one line names every violation
   */
  public static void check(Object request) {
    List<String> violations = violations(Objects.requireNonNull(request, "request"), Set.of());
    if (!violations.isEmpty()) throw new IllegalArgumentException(String.join("; ", violations));
  }

  /** All violations, except at places where another one is known already. */
  static List<String> violations(Object request, Set<String> known) {
    RequestValidator validator = new RequestValidator(known);
    validator.checkFields("", request);
    return validator.violations;
  }

  private void checkFields(String prefix, Object model) {
    for (ModelProperty property : ModelProperty.of(model.getClass())) {
      String name = prefix + property.name();
      Object value = property.valueIn(model);
      if (known.contains(name)) continue;
      if (value != null) checkValue(name, value, property.constraint());
      else if (property.constraint().required())
        violations.add(name + " is missing; it is required");
    }
  }

  private void checkValue(String name, Object value, Constraint constraint) {
    if (value instanceof Number number) checkNumber(name, number, constraint);
    else if (value instanceof String text) checkText(name, text, constraint);
    else if (value instanceof Collection<?> items) checkItems(name, items, constraint);
    else checkFields(name + ".", value);
  }

  private void checkNumber(String name, Number value, Constraint constraint) {
    if (!Double.isFinite(value.doubleValue())) {
      violations.add(name + " = " + value + " is not a number that JSON allows");
      return;
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (!constraint.minimum().isEmpty()
        && number.compareTo(new BigDecimal(constraint.minimum())) < 0) {
      violations.add(name + " = " + value + " must be at least " + constraint.minimum());
    }
    if (!constraint.maximum().isEmpty()
        && number.compareTo(new BigDecimal(constraint.maximum())) > 0) {
      violations.add(name + " = " + value + " must be at most " + constraint.maximum());
    }
    checkValues(name, value, constraint, allowed -> number.compareTo(new BigDecimal(allowed)) == 0);
  }

  private void checkText(String name, String text, Constraint constraint) {
    if (constraint.required() && text.isBlank()) violations.add(name + " is empty; it is required");
    checkCount(
        name,
        text.codePointCount(0, text.length()),
        constraint.minLength(),
        constraint.maxLength(),
        "characters");
    checkValues(name, text, constraint, text::equals);
  }

  private void checkValues(
      String name, Object value, Constraint constraint, Predicate<String> isValue) {
    if (constraint.values().length == 0 || Stream.of(constraint.values()).anyMatch(isValue)) return;
    violations.add(name + " = " + value + " must be " + String.join(" or ", constraint.values()));
  }

  private void checkItems(String name, Collection<?> items, Constraint constraint) {
    checkCount(name, items.size(), constraint.minItems(), constraint.maxItems(), "items");
    int index = 0;
    for (Object item : items) {
      String place = name + "[" + index++ + "]";
      if (known.contains(place)) continue;
      if (item == null) violations.add(place + " is null");
      else if (!(item instanceof String || item instanceof Number)) checkFields(place + ".", item);
    }
  }

  private void checkCount(String name, int count, int min, int max, String what) {
    if (count < min)
      violations.add(name + " has " + count + " " + what + "; must have at least " + min);
    if (count > max)
      violations.add(name + " has " + count + " " + what + "; must have at most " + max);
  }
}
