package io.github.aimlvideo.cli.studio.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.request.SentRequest;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value that a request can have is the same in the code. */
class JavaValuesTest {
  @TempDir private Path folder;

  static Stream<String> texts() {
    String all =
        IntStream.range(0, 0x10000).mapToObj(Character::toString).collect(Collectors.joining());
    return Stream.of(
        all,
        all.substring(0, 0xd800).replace("", "\\"),
        "a\\u0022) + x(\\u0022",
        "b\\\\u0022\\\\\\u005c\\u005cu0022",
        "c\\uuuu000a\\",
        "d\"); } static { System.exit(1); } /* \\u002a/",
        "\"\"\"\n\\\"\"\"",
        "\\\u202e\u0000" + "7\u2028\u0085\r\n\t\f\b\u007f",
        "\ud83e\udd8a \ud83d\udc68\u200d\ud83d\udc69 \udd8a\ud83e \ud83e",
        "%s %n $ ${x} {0}",
        "\n".repeat(500),
        "x".repeat(65_534),
        "x".repeat(65_535),
        "\u0000".repeat(32_767),
        "\u0000".repeat(32_768),
        "\u5199".repeat(21_845),
        "\u5199".repeat(21_844) + "xy",
        "\u5199".repeat(21_846),
        "\ud83e\udd8a".repeat(100_000),
        "word ".repeat(50_000));
  }

  @ParameterizedTest(name = "{index}") // the texts would be illegible
  @MethodSource("texts")
  void anyTextIsTheSame(String text) throws Exception {
    VideoRequest typed = new KlingVideoV1StandardImageToVideoRequest().prompt(text);
    VideoRequest untyped =
        new UntypedVideoRequest("m" + text).with("a", List.of(Map.of(text, 1))).with(text, text);

    // no description, as it would be megabytes
    assertThat(CompiledCode.requestOf(typed, folder).equals(typed)).isTrue();
    assertThat(CompiledCode.requestOf(untyped, folder).equals(untyped)).isTrue();
  }

  @Test
  void visibleCharactersStayReadable() {
    VideoRequest request =
        new KlingVideoV1StandardImageToVideoRequest().prompt("Größe 写实 🦊 e\u0301 a\u00a0b\u200d");

    assertThat(CompiledCode.codeOf(request, "fox"))
        .contains(".prompt(\"Größe 写实 🦊 e\u0301 a\\u00a0b\\u200d\")");
  }

  @Test
  void aLongTextIsBrokenBetweenWords() {
    VideoRequest request =
        new KlingVideoV1StandardImageToVideoRequest()
            .prompt(
                "A fox walks through snow, stops,\nlooks at the camera, and then it runs away from us.");

    assertThat(CompiledCode.codeOf(request, "fox"))
        .contains(
            """
                    .prompt(
                        "A fox walks through snow, stops,\\n"
                            + "looks at the camera, and then it runs away from us.");
            """);
  }

  @Test
  void anyUntypedValueIsTheSame() throws Exception {
    VideoRequest request =
        new UntypedVideoRequest("a/a")
            .with("boolean", true)
            .with("integer", -5)
            .with("long", Long.MIN_VALUE)
            .with("double", 1e300)
            .with("decimal", new BigDecimal("0.10"))
            .with("big", BigInteger.TWO.pow(100))
            .with("enum", CameraMove.FORWARD_UP)
            .with("object", new CameraConfig().pan(1.0))
            .with("empty", List.of(Map.of(), List.of()))
            .with(
                "mixed", List.of(1, 2L, 0.5, "a", true, List.of("b"), Map.of("c", List.of(1, "d"))))
            .with("ten", numbered(10))
            .with("eleven", numbered(11))
            .with("many", Map.of("list", IntStream.range(0, 2000).boxed().toList()))
            .with("images", List.of(Map.of("type", "image", "url", Image.url("https://a.b/c.png"))))
            .with("", "a property without a name");

    assertThat(CompiledCode.requestOf(request, folder)).isEqualTo(request);
  }

  private static Map<String, Object> numbered(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "a property with a long name, number " + i, i -> i));
  }

  @Test
  void jsonIsSentAsItIs() throws Exception {
    String json =
        """
        {"model": "a/a", "null": null, "list": [null, 1, "a", false, [], {}], "object": {"a": {"b": [{"c": null}]}},
         "numbers": [0, -0, -0.0, 1e3, 2147483648, 12345678901234567890, 0.1, 0.1234567890123456789, 1e400, 5.0]}
        """;
    VideoRequest request = UntypedVideoRequest.of(JsonParser.parseString(json).getAsJsonObject());

    VideoRequest same = CompiledCode.requestOf(request, folder);

    assertThat(withNumbers(SentRequest.toJson(same)))
        .isEqualTo(withNumbers(SentRequest.toJson(request)));
    assertThat(CompiledCode.codeOf(request, "fox"))
        .contains("  1000.0,\n", " 2147483648L,\n", "new BigDecimal(\"0.1234567890123456789\")");
  }

  /** As text, in which numbers that are equal look the same. */
  private static String withNumbers(JsonObject json) {
    return json.toString()
        .replace("-0,", "-0.0,")
        .replace("1e3", "1000.0")
        .replace("1e400", "1E+400");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void deepValuesCompile(int depth) throws Exception {
    Object value = 1;
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value, "a") : Map.of("a", value, "b", 2);
    }
    VideoRequest request = new UntypedVideoRequest("a/a").with("value", value);

    assertThat(CompiledCode.requestOf(request, folder)).isEqualTo(request);
  }

  @Test
  void aClassWithOtherTypesIsTheSame() throws Exception {
    OtherModel.Request request =
        new OtherModel.Request()
            .seed(Long.MAX_VALUE)
            .loop(false)
            .weights(List.of(1.0, -0.5, 1e-9))
            .extra(Map.of("a", List.of(1, "b")))
            .colours(List.of(new OtherModel.Colour().hue(0.5).steps(3L)));

    String code = CompiledCode.codeOf(request, "fox");

    assertThat(CompiledCode.requests(List.of(code), folder)).containsExactly(request);
    assertThat(code).doesNotContain(".strength(").contains(".colours(List.of(colourOf(0.5, 3L)))");
  }

  @Test
  void importsAreThoseInUse() {
    VideoRequest request = new UntypedVideoRequest("a/a").with("a", 1);

    assertThat(
            CompiledCode.codeOf(request, "fox").lines().filter(each -> each.startsWith("import")))
        .containsExactly(
            "import io.github.aimlvideo.UntypedVideoRequest;",
            "import io.github.aimlvideo.VideoClient;",
            "import io.github.aimlvideo.VideoRequest;",
            "import java.nio.file.Path;");
  }

  @Test
  void aSecondClassOfTheSameNameIsNotImported() {
    JavaValues values = new JavaValues(image -> "");

    assertThat(values.name(List.class)).isEqualTo("List");
    assertThat(values.name(java.awt.List.class)).isEqualTo("java.awt.List");
    assertThat(values.name(Map.Entry.class)).isEqualTo("Map.Entry");
    assertThat(values.imports()).containsExactly("java.util.List", "java.util.Map");
  }
}
