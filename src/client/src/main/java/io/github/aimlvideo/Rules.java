package io.github.aimlvideo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Holds a request against the contract: each fault with the property, the value and the rule. */
final class Rules {
  private final List<String> faults = new ArrayList<>();
  private final Set<String> known;

  private Rules(Set<String> known) {
    this.known = known;
  }

  /**
   * Lets a request pass that keeps the contract.
   *
   * @throws IllegalArgumentException if it does not; one line names every fault
   */
  static void check(Object request) {
    List<String> faults = faults(Objects.requireNonNull(request, "request"), Set.of());
    if (!faults.isEmpty()) throw new IllegalArgumentException(String.join("; ", faults));
  }

  /** Every fault but those at places where another is known already. */
  static List<String> faults(Object request, Set<String> known) {
    Rules rules = new Rules(known);
    rules.checkFields("", request);
    return rules.faults;
  }

  /** The value of a property as text, else the server's default, if either is known. */
  static Optional<String> value(VideoRequest request, String name) {
    if (request instanceof UntypedVideoRequest free) {
      return Optional.ofNullable(free.properties().get(name)).map(Object::toString);
    }
    return Property.of(request.getClass()).stream()
        .filter(property -> property.name().equals(name))
        .map(property -> property.valueOrDefault(request))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private void checkFields(String prefix, Object model) {
    for (Property property : Property.of(model.getClass())) {
      String name = prefix + property.name();
      Object value = property.valueIn(model);
      if (known.contains(name)) continue;
      if (value != null) checkValue(name, value, property.rule());
      else if (property.rule().required()) faults.add(name + " is missing, it is required");
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
      if (known.contains(place)) continue;
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
