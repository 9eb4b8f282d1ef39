package io.github.aimlvideo.cli.studio.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.studio.code.JavaExpression.Call;
import io.github.aimlvideo.cli.studio.code.JavaExpression.Chain;
import io.github.aimlvideo.cli.studio.code.JavaExpression.Literal;
import io.github.aimlvideo.cli.studio.code.JavaExpression.Pair;
import io.github.aimlvideo.cli.studio.code.JavaExpression.Word;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a request as expressions, with the imports and methods that these need. */
final class JavaValues {
  /** {@code Map.of} takes no more. */
  private static final int MAX_PAIRS = 10;

  private final Function<Image, String> fileName;
  private final Map<String, Class<?>> imported = new TreeMap<>();
  private final Map<String, JavaObject> methods = new TreeMap<>();

  JavaValues(Function<Image, String> fileName) {
    this.fileName = fileName;
  }

  /** What the expressions import, in order. */
  Stream<String> imports() {
    return imported.values().stream().map(Class::getName).sorted();
  }

  /** The names of the classes that are imported. */
  Set<String> simpleNames() {
    return imported.keySet();
  }

  /** The methods that the expressions call. */
  String methods() {
    return methods.entrySet().stream()
        .map(each -> each.getValue().method(each.getKey(), name(each.getValue().type())))
        .collect(Collectors.joining());
  }

  /** The name of a class, which is imported unless another one has the same name. */
  String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    if (outer != null) return name(outer) + "." + type.getSimpleName();
    Class<?> known = imported.putIfAbsent(type.getSimpleName(), type);
    return known == null || known == type ? type.getSimpleName() : type.getName();
  }

  JavaExpression file(String name) {
    return new Call(name(Path.class) + ".of", List.of(text(name)));
  }

  /**
   * A request, or a value in one.
   *
   * @throws IllegalArgumentException if no request has such a value
   */
  JavaExpression of(@Nullable Object value) {
    if (value instanceof Image image) return image(image);
    if (value instanceof CharSequence) return text(value.toString());
    if (value instanceof Number number) return number(number);
    if (value instanceof Boolean) return new Word(value.toString());
    if (value instanceof Enum<?> constant) {
      return new Word(name(constant.getDeclaringClass()) + "." + constant.name());
    }
    if (value instanceof Map<?, ?> map) return map(map);
    if (value instanceof Collection<?> items) return list(items);
    if (value instanceof JsonObject object) return map(object.asMap());
    if (value instanceof JsonArray array) return list(array.asList());
    if (value instanceof JsonPrimitive primitive) return of(plain(primitive));
    if (value == null || value instanceof JsonNull) {
      return new Word(name(JsonNull.class) + ".INSTANCE");
    }
    return value instanceof UntypedVideoRequest request ? untyped(request) : object(value);
  }

  private static Object plain(JsonPrimitive primitive) {
    if (primitive.isBoolean()) return primitive.getAsBoolean();
    return primitive.isNumber() ? primitive.getAsNumber() : primitive.getAsString();
  }

  private JavaExpression image(Image image) {
    Optional<String> url = image.url();
    String type = name(Image.class);
    if (url.isPresent()) return new Call(type + ".url", List.of(text(url.get())));
    Call file = new Call(type + ".file", List.of(file(fileName.apply(image))));
    return image.isBareBase64()
        ? new Chain(file, List.of(new Call(".bareBase64", List.of())))
        : file;
  }

  /** A longer text is made of parts, as the compiler refuses it as one constant. */
  private static JavaExpression text(String text) {
    if (JavaText.isConstant(text)) return new Literal(text);
    List<Literal> arguments = new ArrayList<>(List.of(new Literal("")));
    JavaText.parts(text).forEach(part -> arguments.add(new Literal(part)));
    return new Call("String.join", arguments);
  }

  private JavaExpression number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return new Word(number.toString());
    }
    if (number instanceof Long) return new Word(number + "L");
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      if (Double.isNaN(value)) return new Word("Double.NaN");
      String infinity = value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
      return new Word(Double.isInfinite(value) ? infinity : number.toString());
    }
    if (number instanceof BigDecimal || number instanceof BigInteger) {
      return new Call("new " + name(number.getClass()), List.of(text(number.toString())));
    }
    return number(shortest(number.toString()));
  }

  /** A number of JSON in the smallest type that has its value. */
  private static Number shortest(String text) {
    BigDecimal number = new BigDecimal(text);
    boolean isInteger = number.scale() == 0 && !text.equals("-0");
    if (isInteger) {
      BigInteger integer = number.unscaledValue();
      if (integer.bitLength() < Integer.SIZE) return integer.intValue();
      return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }
    double value = Double.parseDouble(text);
    boolean exact = Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(number) == 0;
    return exact ? (Number) value : number;
  }

  private JavaExpression map(Map<?, ?> map) {
    List<Pair> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(new Pair(text("" + key), of(value))));
    String type = name(Map.class);
    if (pairs.size() <= MAX_PAIRS) return new Call(type + ".of", pairs);
    return new Call(
        type + ".ofEntries",
        pairs.stream().map(pair -> new Call(type + ".entry", List.of(pair))).toList());
  }

  private JavaExpression list(Collection<?> items) {
    return new Call(name(List.class) + ".of", items.stream().map(this::item).toList());
  }

  /** In a list, which may be long, a point is one call. */
  private JavaExpression item(@Nullable Object value) {
    if (value == null) return of(null);
    JavaObject object = new JavaObject(value);
    if (!object.isPoint()) return of(value);
    String method = methodFor(object);
    return new Call(method, object.values().map(this::of).toList());
  }

  private String methodFor(JavaObject point) {
    String name = point.type().getSimpleName();
    String lastWord = name.replaceFirst(".*(?=\\p{Lu})", "");
    for (String each : List.of(lastWord, name)) {
      String method = each.substring(0, 1).toLowerCase(Locale.ROOT) + each.substring(1) + "Of";
      JavaObject known = methods.putIfAbsent(method, point);
      if (known == null || known.type() == point.type()) return method;
    }
    throw new IllegalArgumentException("two classes with the name " + name);
  }

  private JavaExpression object(Object value) {
    JavaObject object = new JavaObject(value);
    List<Call> setters = new ArrayList<>();
    object.changed().forEach((name, each) -> setters.add(new Call("." + name, List.of(of(each)))));
    return new Chain(new Call("new " + name(object.type()), List.of()), setters);
  }

  private JavaExpression untyped(UntypedVideoRequest request) {
    List<Call> setters = new ArrayList<>();
    request
        .properties()
        .forEach((name, value) -> setters.add(new Call(".with", List.of(text(name), of(value)))));
    String type = name(UntypedVideoRequest.class);
    return new Chain(new Call("new " + type, List.of(text(request.getModel()))), setters);
  }
}
