package io.github.aimlvideo.internal.validation;

import io.github.aimlvideo.internal.values.ShortText;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks values against constraints.
 *
 * @param violations collects a line for each violation: the property, its value and the rule
 */
record ConstraintChecks(List<String> violations) {
  void check(String name, Object value, Constraint constraint) {
    if (value instanceof Number number) checkNumber(name, number, constraint);
    else if (value instanceof String text) checkText(name, text, constraint);
    else if (value instanceof Collection<?> items) {
      checkCount(name, items.size(), "items", constraint.minItems(), constraint.maxItems());
    }
  }

  private void checkNumber(String name, Number value, Constraint constraint) {
    if (!Double.isFinite(value.doubleValue())) {
      violations.add(name + " = " + value + " is not a number that JSON allows");
      return;
    }
    BigDecimal number = new BigDecimal(value.toString());
    String min = constraint.minimum();
    if (!min.isEmpty() && number.compareTo(new BigDecimal(min)) < 0) {
      violations.add(name + " = " + value + " must be at least " + min);
    }
    String max = constraint.maximum();
    if (!max.isEmpty() && number.compareTo(new BigDecimal(max)) > 0) {
      violations.add(name + " = " + value + " must be at most " + max);
    }
    checkValues(name, value, constraint, allowed -> number.compareTo(new BigDecimal(allowed)) == 0);
  }

  private void checkText(String name, String text, Constraint constraint) {
    if (constraint.required() && text.isBlank()) violations.add(name + " is empty; it is required");
    int length = text.codePointCount(0, text.length());
    checkCount(name, length, "characters", constraint.minLength(), constraint.maxLength());
    checkValues(name, text, constraint, text::equals);
  }

  private void checkCount(String name, int count, String unit, int min, int max) {
    if (count >= min && count <= max) return;
    String limit = count < min ? " at least " + min : " at most " + max;
    violations.add(name + " has " + count + " " + unit + "; must have" + limit);
  }

  private void checkValues(
      String name, Object value, Constraint constraint, Predicate<String> isValue) {
    String[] values = constraint.values();
    if (values.length == 0 || Stream.of(values).anyMatch(isValue)) return;
    violations.add(
        name + " = " + ShortText.value(value) + " must be " + String.join(" or ", values));
  }
}
