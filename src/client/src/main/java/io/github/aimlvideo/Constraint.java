package io.github.aimlvideo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the contract demands of a property, on the fields of the generated requests; checked before
 * anything is sent. An absent property that is not required keeps every rule.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Constraint {
  /** Whether the property must be there, and not blank if it is a text. */
  boolean required() default false;

  /** The smallest number, as text; empty for none. */
  String minimum() default "";

  /** The largest number, as text; empty for none. */
  String maximum() default "";

  /** The fewest characters. */
  int minLength() default 0;

  /** The most characters. */
  int maxLength() default Integer.MAX_VALUE;

  /** The fewest items. */
  int minItems() default 0;

  /** The most items. */
  int maxItems() default Integer.MAX_VALUE;

  /** The only values, numbers as text; empty for any. */
  String[] values() default {};

  /** The integer that the server takes if the property is absent, as text; empty if unknown. */
  String defaultValue() default "";
}
