/**
 * Video generation on the AI/ML API: {@link io.github.aimlvideo.VideoClient}.
 *
 * <p>{@code io.github.aimlvideo.kling} needs the module {@code java.desktop}.
 */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // Retrofit and Okio have no descriptors
module io.github.aimlvideo {
  requires static transitive java.desktop;
  requires static transitive org.jspecify;
  requires transitive com.google.gson;
  requires transitive okhttp3;
  requires transitive retrofit2;
  requires okio;

  exports io.github.aimlvideo;
  exports io.github.aimlvideo.account;
  exports io.github.aimlvideo.api;
  exports io.github.aimlvideo.catalog;
  exports io.github.aimlvideo.kling;
  exports io.github.aimlvideo.model;

  opens io.github.aimlvideo.model to
      com.google.gson;
}
