package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the jar tells GraalVM's native-image, held against what a program really does. */
class NativeImageTest extends FilmRuns {
  private static final String METADATA =
      "/META-INF/native-image/io.github.aimlvideo/aiml-video-client/";

  @Test
  void namesAllThatIsReachedByReflection() throws Exception {
    Map<String, Set<String>> named = named();

    ReflectionTrace trace =
        ReflectionTrace.of(Program.joined(Program.classPath()), Film.class.getName(), arguments());

    assertRan(new Program(0, trace.lines));
    assertThat(trace.classes).hasSizeGreaterThan(5);
    assertThat(trace.classes)
        .allSatisfy(
            (type, ways) ->
                assertThat(named.getOrDefault(type, Set.of())).as(type).containsAll(ways));
    assertThat(trace.proxies).isNotEmpty().isSubsetOf(proxies());
  }

  @Test
  void namesNothingThatIsNotThere() throws Exception {
    assertThat(named().keySet()).hasSizeGreaterThan(20).allSatisfy(name -> Class.forName(name));
    assertThat(proxies()).isNotEmpty().allMatch(name -> isInterface(name));
  }

  /** The classes, and what is true of each. */
  private static Map<String, Set<String>> named() throws IOException {
    Map<String, Set<String>> types = new TreeMap<>();
    for (JsonElement type : read("reflect-config.json")) {
      JsonObject ways = type.getAsJsonObject();
      Set<String> allowed = new TreeSet<>(ways.keySet());
      allowed.removeIf(way -> !way.equals("name") && !ways.get(way).getAsBoolean());
      types.put(ways.get("name").getAsString(), allowed);
    }
    return types;
  }

  private static Set<String> proxies() throws IOException {
    return Set.copyOf(
        StreamSupport.stream(read("proxy-config.json").spliterator(), false)
            .flatMap(
                proxy -> proxy.getAsJsonObject().getAsJsonArray("interfaces").asList().stream())
            .map(JsonElement::getAsString)
            .toList());
  }

  private static JsonArray read(String name) throws IOException {
    try (Reader reader =
        new InputStreamReader(
            NativeImageTest.class.getResourceAsStream(METADATA + name), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonArray();
    }
  }

  private static boolean isInterface(String name) {
    try {
      return Class.forName(name).isInterface();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
