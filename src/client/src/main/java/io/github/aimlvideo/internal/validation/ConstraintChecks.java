package io.github.aimlvideo.internal.validation;

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
    if (value instanceof Number number) checkNumber(name + " = " + value, number, constraint);
    else if (value instanceof String text) checkText(name, text, constraint);
    else if (value instanceof Collection<?> items) checkItems(name, items.size(), constraint);
  }

  private void checkNumber(String shown, Number value, Constraint constraint) {
    if (!Double.isFinite(value.doubleValue())) {
      violations.add(shown + " is not a number that JSON allows");
      return;
    }
    BigDecimal number = new BigDecimal(value.toString());
    checkLimits(shown + " must be", number, constraint.minimum(), constraint.maximum());
    checkValues(shown, constraint, allowed -> number.compareTo(new BigDecimal(allowed)) == 0);
  }

  private void checkText(String name, String text, Constraint constraint) {
    if (constraint.required() && text.isBlank()) violations.add(name + " is empty; it is required");
    BigDecimal length = BigDecimal.valueOf(text.codePointCount(0, text.length()));
    String has = name + " has " + length + " characters; must have";
    checkLimits(has, length, "" + constraint.minLength(), "" + constraint.maxLength());
    checkValues(name + " = " + text, constraint, text::equals);
  }

  private void checkItems(String name, int count, Constraint constraint) {
    String has = name + " has " + count + " items; must have";
    String min = "" + constraint.minItems();
    checkLimits(has, BigDecimal.valueOf(count), min, "" + constraint.maxItems());
  }

  private void checkLimits(String must, BigDecimal amount, String min, String max) {
    if (!min.isEmpty() && amount.compareTo(new BigDecimal(min)) < 0) {
      violations.add(must + " at least " + min);
    }
    if (!max.isEmpty() && amount.compareTo(new BigDecimal(max)) > 0) {
      violations.add(must + " at most " + max);
    }
  }

  private void checkValues(String shown, Constraint constraint, Predicate<String> isValue) {
    if (constraint.values().length == 0 || Stream.of(constraint.values()).anyMatch(isValue)) return;
    violations.add(shown + " must be " + String.join(" or ", constraint.values()));
  }
}
