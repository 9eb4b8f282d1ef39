package io.github.aimlvideo.cli.studio.code;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Java source that makes a request, generates its video and saves it. */
public final class JavaCode {
  private static final String RETURN = "    return ";
  private static final String DURATION = "; // takes minutes";

  private JavaCode() {}

  /**
   * A class in a file of its own, without a package.
   *
   * @param fileName the file of an image that is not a URL
   * @param name of the video, such as {@code fox-1}: the class is {@code Fox1}, and saves {@code
   *     fox-1.mp4}
   * @param baseUrl of the server; null for the default
   */
  public static String of(
      VideoRequest request,
      Function<Image, String> fileName,
      String name,
      @Nullable String baseUrl) {
    JavaValues values = new JavaValues(fileName);
    // first, as a class of the contract with the same name is not imported then
    String client = values.name(VideoClient.class);
    String type = values.name(VideoRequest.class);
    JavaExpression generate =
        new JavaExpression.Call(
            "client.generate",
            List.of(new JavaExpression.Word("request()"), values.file(name + ".mp4")));
    String made = RETURN + values.of(request).layout(4, RETURN.length(), 1) + ";\n";
    String methods = values.methods();
    return """
        %s
        public class %s {
          public static void main(String[] args) {
            // the key is read from the environment variable AIML_API_KEY
            try (%s client = %s.builder()%s.build()) {
              %s%s
            }
          }

          static %s request() {
        %s  }
        %s}
        """
        .formatted(
            imports(values),
            className(name, values.simpleNames()),
            client,
            client,
            baseUrl == null ? "" : ".baseUrl(" + JavaText.literal(baseUrl) + ")",
            generate.layout(6, 6, DURATION.length()),
            DURATION,
            type,
            made,
            methods);
  }

  private static String imports(JavaValues values) {
    return values.imports().map("import %s;\n"::formatted).collect(Collectors.joining());
  }

  /** The name as that of a class, and not that of another one in the source. */
  private static String className(String name, Set<String> taken) {
    StringBuilder letters = new StringBuilder();
    boolean starts = true;
    for (int character : name.codePoints().toArray()) {
      boolean kept = Character.isLetterOrDigit(character);
      if (kept) letters.appendCodePoint(starts ? Character.toTitleCase(character) : character);
      starts = !kept;
    }
    boolean valid = letters.length() > 0 && Character.isJavaIdentifierStart(letters.codePointAt(0));
    String className = valid ? letters.toString() : "Video" + letters;
    while (taken.contains(className) || isInJavaLang(className)) className += "Video";
    return className;
  }

  /** Whether every source imports a class with this name. */
  private static boolean isInJavaLang(String name) {
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
