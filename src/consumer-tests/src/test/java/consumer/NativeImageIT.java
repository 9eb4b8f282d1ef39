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

/** Compares the metadata for GraalVM's native-image with the reflection of a real program. */
class NativeImageIT extends AbstractProgramTest {
  private static final String METADATA =
      "/META-INF/native-image/io.github.aimlvideo/aiml-video-client/";

  @Test
  void theMetadataCoversAllReflection() throws Exception {
    Map<String, Set<String>> allowed = allowedReflection();

    ReflectionTrace trace = ReflectionTrace.of(Jars.programClassPath(), MAIN, arguments());

    assertSucceeded(new JavaProcess(0, trace.lines));
    assertThat(trace.classes).hasSizeGreaterThan(5);
    assertThat(trace.classes)
        .allSatisfy(
            (type, kinds) ->
                assertThat(allowed.getOrDefault(type, Set.of())).as(type).containsAll(kinds));
    assertThat(trace.proxies).isNotEmpty().isSubsetOf(proxies());
  }

  @Test
  void everyClassInTheMetadataExists() throws Exception {
    assertThat(allowedReflection().keySet())
        .hasSizeGreaterThan(20)
        .allSatisfy(name -> Class.forName(name));
    assertThat(proxies()).isNotEmpty().allMatch(name -> isInterface(name));
  }

  /** The classes, each with the kinds of reflection that are allowed. */
  private static Map<String, Set<String>> allowedReflection() throws IOException {
    Map<String, Set<String>> types = new TreeMap<>();
    for (JsonElement type : read("reflect-config.json")) {
      JsonObject entry = type.getAsJsonObject();
      Set<String> kinds = new TreeSet<>(entry.keySet());
      kinds.removeIf(kind -> !kind.equals("name") && !entry.get(kind).getAsBoolean());
      types.put(entry.get("name").getAsString(), kinds);
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
            NativeImageIT.class.getResourceAsStream(METADATA + name), StandardCharsets.UTF_8)) {
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
