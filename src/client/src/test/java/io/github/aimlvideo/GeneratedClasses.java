package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Generated classes, loaded and compared with the contract: no name and no value of a page is lost,
 * and nothing of it has become code.
 */
public final class GeneratedClasses {
  /** The code in {@code openapi/tools/hostile-documents.mjs} sets this system property. */
  private static final String MARKER = "16";

  private final Map<String, Class<?>> classes = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();

  private GeneratedClasses() {}

  /** Loads and initializes all classes in this folder of the root of a class path. */
  public static GeneratedClasses load(Path root, String folder) throws IOException {
    GeneratedClasses loaded = new GeneratedClasses();
    System.clearProperty(MARKER);
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      ClassLoader loader = ownLoader(root);
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replaceAll("\\.class$", "");
        Class<?> type =
            Class.forName(name.replace(root.getFileSystem().getSeparator(), "."), true, loader);
        loaded.classes.put(type.getSimpleName(), type);
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    return loaded;
  }

  /** Loads classes from their folder, although there are others with the same names. */
  private static ClassLoader ownLoader(Path root) throws IOException {
    return new URLClassLoader(
        new URL[] {root.toUri().toURL()}, GeneratedClasses.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) return loaded;
        boolean own = Files.exists(root.resolve(name.replace('.', '/') + ".class"));
        return own ? findClass(name) : super.loadClass(name, resolve);
      }
    };
  }

  /** What these requests of the contract and their classes do not have in common. */
  public List<String> violations(Contract contract, Set<String> titles) {
    contract
        .canaries()
        .filter(request -> titles.contains(request.title()))
        .forEach(
            request -> compare(request.title(), request.schema(), classes.get(request.title())));
    classes.values().stream().filter(GeneratedClasses::isModel).forEach(this::use);
    if (System.getProperty(MARKER) != null) violations.add(0, "code of a page has run");
    return violations;
  }

  private static boolean isModel(Class<?> type) {
    return !type.isInterface()
        && type.getPackageName().endsWith(".model")
        && !type.getSimpleName().equals("Adapter");
  }

  private void compare(String place, JsonObject schema, Type type) {
    if (type instanceof ParameterizedType list && schema.has("items")) {
      compare(place + "[]", schema.getAsJsonObject("items"), list.getActualTypeArguments()[0]);
    } else if (type instanceof Class<?> one && one.isEnum()) {
      compareNames(
          place, texts(schema), Stream.of(one.getEnumConstants()).map(String::valueOf).toList());
    } else if (type instanceof Class<?> one
        && classes.containsValue(one)
        && schema.has("properties")) {
      compareProperties(place, schema.getAsJsonObject("properties"), fields(one));
    } else if (type == null) {
      violations.add(place + " has no class");
    }
  }

  private void compareProperties(String place, JsonObject properties, Map<String, Field> fields) {
    compareNames(place, properties.keySet(), fields.keySet());
    fields.forEach(
        (name, field) -> {
          if (properties.get(name) instanceof JsonObject schema)
            compare(place + "." + name, schema, field.getGenericType());
        });
  }

  private void compareNames(String place, Collection<String> documented, Collection<String> names) {
    if (names.size() == documented.size() && names.containsAll(documented)) return;
    violations.add(place + " has " + names + " instead of " + documented);
  }

  private static List<String> texts(JsonObject schema) {
    return schema.getAsJsonArray("enum").asList().stream().map(JsonElement::getAsString).toList();
  }

  /** By the name in JSON. */
  private static Map<String, Field> fields(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Field field : type.getDeclaredFields())
      fields.put(field.getAnnotation(SerializedName.class).value(), field);
    return fields;
  }

  /** Gson refuses a class with a name twice. */
  private void use(Class<?> type) {
    Gson gson =
        new GsonBuilder()
            .registerTypeAdapter(
                Image.class, (JsonSerializer<Image>) (image, itself, context) -> JsonNull.INSTANCE)
            .create();
    try {
      gson.getAdapter(type);
      if (!type.isEnum() && !Modifier.isAbstract(type.getModifiers())) {
        Object instance = type.getConstructor().newInstance();
        if (!instance.equals(type.getConstructor().newInstance()))
          violations.add(type + " is not equal to itself");
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      violations.add(type + ": " + e);
    }
  }
}
