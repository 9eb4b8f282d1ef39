package io.github.aimlvideo.internal.http;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/**
 * Finds an OkHttp before version 5 on the class path. Version 5 has its classes in a jar with
 * another name, so a build tool that manages only the old name keeps both.
 */
public final class OkHttpVersion {
  private OkHttpVersion() {}

  /**
   * To be called before anything else of OkHttp.
   *
   * @throws IllegalStateException if an older version is in use
   */
  public static void check() {
    try {
      new OkHttpClient.Builder().fastFallback(true); // new in version 5
    } catch (NoSuchMethodError e) {
      throw new IllegalStateException(
          "OkHttp 5 is needed, but an older version is first on the class path: "
              + jars()
              + "; manage com.squareup.okhttp3:okhttp and okhttp-jvm to the same version 5, or"
              + " exclude the older jar",
          e);
    }
  }

  private static String jars() {
    ClassLoader loader = Objects.requireNonNull(OkHttpClient.class.getClassLoader(), "loader");
    return resources(loader).stream()
        .map(url -> url.getPath().replaceFirst("^(?:file:)?(.*)!/.*", "$1"))
        .collect(Collectors.joining(", "));
  }

  private static List<URL> resources(ClassLoader loader) {
    try {
      return Collections.list(loader.getResources("okhttp3/OkHttpClient.class"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
