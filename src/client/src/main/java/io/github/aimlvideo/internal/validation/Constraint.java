package io.github.aimlvideo.internal.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The contract's constraints on a property, on the fields of the generated requests; checked before
 * anything is sent. An optional property that is absent satisfies all of them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Constraint {
  /** Whether the property must be present, and not blank if it is a string. */
  boolean required() default false;

  /** The minimum of a number, as text; empty for none. */
  String minimum() default "";

  /** The maximum of a number, as text; empty for none. */
  String maximum() default "";

  /** The minimum number of characters. */
  int minLength() default 0;

  /** The maximum number of characters. */
  int maxLength() default Integer.MAX_VALUE;

  /** The minimum number of items. */
  int minItems() default 0;

  /** The maximum number of items. */
  int maxItems() default Integer.MAX_VALUE;

  /** The allowed values, numbers as text; empty for any. */
  String[] values() default {};

  /** The server's default of an integer, as text; empty if unknown. */
  String defaultValue() default "";
}
