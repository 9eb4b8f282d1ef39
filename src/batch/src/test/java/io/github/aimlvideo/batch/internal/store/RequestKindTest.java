package io.github.aimlvideo.batch.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.UntypedVideoRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of one kind are expected to cost the same. */
class RequestKindTest {
  @ParameterizedTest
  @CsvSource({
    "prompt, false",
    "negative_prompt, false",
    "image_url, false",
    "first_frame, false",
    "seed, false",
    "num_frames, true",
    "frames_per_second, true",
    "image_size, true",
    "duration, true",
    "url, false",
    "urls, false",
    "video_url, true",
    "audio_url, true",
    "driving_audio_urls, true",
  })
  void kindHasWhatThePriceMayDependOn(String property, boolean priced) {
    assertThat(kind(property, "81").equals(kind(property, "161"))).isEqualTo(!priced);
  }

  @Test
  void listOfVideosIsOfTheKind() {
    JsonArray videos = new JsonArray();
    videos.add("https://example.com/60-seconds.mp4");

    assertThat(kind("video_urls", videos)).isNotEqualTo(kind("video_urls", new JsonArray()));
  }

  private static String kind(String property, String value) {
    return kind(property, new JsonPrimitive(value));
  }

  private static String kind(String property, JsonElement value) {
    JsonObject properties = new JsonObject();
    properties.addProperty("model", "a/b");
    properties.add(property, value);
    Row row = new Row("fox", "fox", 0);
    new RequestStore(null, Optional.of(Path.of("out")))
        .set(null, row, UntypedVideoRequest.of(properties));
    return row.kind;
  }
}
