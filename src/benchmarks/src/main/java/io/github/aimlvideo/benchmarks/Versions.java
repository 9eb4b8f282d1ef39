package io.github.aimlvideo.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that all peers ran with: there is one class path. */
final class Versions {
  private static final Pattern JAR =
      Pattern.compile(
          "(okhttp-jvm|okio-jvm|gson|retrofit|kotlin-stdlib|fal-client|openai-java|jackson-databind)"
              + "-(\\d[^-]*)\\.jar");

  private Versions() {}

  static Map<String, String> onClassPath() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Matcher jar = JAR.matcher(Path.of(entry).getFileName().toString());
      if (jar.matches()) versions.put(jar.group(1), jar.group(2));
    }
    return versions;
  }
}
