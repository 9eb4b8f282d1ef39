package io.github.aimlvideo.cli.studio.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles code of {@link JavaCode} and runs the part that makes the request. */
final class CompiledCode {
  private static final Pattern CLASS = Pattern.compile("(?m)^public class (\\S+) \\{$");

  private CompiledCode() {}

  /** The request that the code of this one makes. */
  static VideoRequest requestOf(VideoRequest request, Path folder) throws Exception {
    return requests(List.of(codeOf(request, "fox-1")), folder).get(0);
  }

  /** Its images are files with absolute paths. */
  static String codeOf(VideoRequest request, String name) {
    return JavaCode.of(request, CompiledCode::absolute, name, null);
  }

  private static String absolute(Image image) {
    return image.file().orElseThrow().toAbsolutePath().toString();
  }

  /** The requests that these sources make. A warning of the compiler is an error. */
  static List<VideoRequest> requests(List<String> sources, Path folder) throws Exception {
    compile(sources, folder);
    List<VideoRequest> requests = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      for (String source : sources) {
        Method request = loader.loadClass(classIn(source)).getDeclaredMethod("request");
        request.setAccessible(true);
        requests.add((VideoRequest) request.invoke(null));
      }
    }
    return requests;
  }

  private static void compile(List<String> sources, Path folder) throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) files.add(new Source(classIn(source), source));
    List<String> options = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none"));
    options.addAll(List.of("--release", "17", "-d", folder.toString()));
    options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    StringWriter messages = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(messages, null, null, options, null, files)
            .call();
    assertThat(compiled).as(() -> messages + String.join("\n", sources)).isTrue();
  }

  static String classIn(String source) {
    Matcher matcher = CLASS.matcher(source);
    assertThat(matcher.find()).as(source).isTrue();
    return matcher.group(1);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
