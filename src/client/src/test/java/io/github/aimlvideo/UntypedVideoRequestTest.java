package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request for a model that has no class. */
class UntypedVideoRequestTest {
  private static final byte[] GIF = "GIF89a".getBytes(StandardCharsets.US_ASCII);

  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void requestIsSentUnchanged() {
    server.status("queued");
    UntypedVideoRequest request =
        new UntypedVideoRequest("vendor/model-1")
            .with("prompt", "<fox> & \"snow\"")
            .with("image_url", Image.bytes(GIF))
            .with("frames", List.of(Image.url("https://a/b"), Map.of("at", 1.5)))
            .with("loop", true)
            .with("gone", 1)
            .with("gone", null);

    try (VideoClient client = server.client().build()) {
      assertThat(client.create(request).id()).isEqualTo(Server.ID);
    }

    assertThat(server.request().getBody().utf8())
        .isEqualTo(
            "{\"model\":\"vendor/model-1\",\"prompt\":\"<fox> & \\\"snow\\\"\","
                + "\"image_url\":\"data:image/gif;base64,R0lGODlh\","
                + "\"frames\":[\"https://a/b\",{\"at\":1.5}],\"loop\":true}");
  }

  @Test
  void requestIsAValue() {
    UntypedVideoRequest fox = new UntypedVideoRequest("a/b").with("prompt", "fox");
    UntypedVideoRequest loop = fox.with("loop", true);

    assertThat(fox.properties()).isEqualTo(Map.of("prompt", "fox"));
    assertThat(loop.properties()).isEqualTo(Map.of("prompt", "fox", "loop", true));
    assertThat(loop.with("loop", null)).isEqualTo(fox).hasSameHashCodeAs(fox);
    assertThat(loop)
        .isEqualTo(new UntypedVideoRequest("a/b").with("loop", true).with("prompt", "fox"))
        .isNotEqualTo(fox)
        .isNotEqualTo(new UntypedVideoRequest("a/c").with("prompt", "fox").with("loop", true))
        .hasToString("UntypedVideoRequest[a/b, [prompt, loop]]");
    assertThatThrownBy(() -> fox.properties().put("prompt", "cat"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void generationIsAwaitedLikeAnyOther() {
    server.status("queued");
    server.completed("https://a/b");

    try (VideoClient client = server.client().build()) {
      assertThat(client.generate(new UntypedVideoRequest("vendor/model-1")).videoUrl())
          .hasValue("https://a/b");
    }
  }

  @Test
  void requestIsReadFromJson() {
    JsonObject json =
        JsonParser.parseString("{\"prompt\":\"fox\",\"model\":\"a/b\",\"seed\":1}")
            .getAsJsonObject();

    UntypedVideoRequest request = UntypedVideoRequest.of(json);

    assertThat(request.getModel()).isEqualTo("a/b");
    assertThat(request.properties()).hasToString("{prompt=\"fox\", seed=1}");
  }

  @Test
  void modelIsRequired() {
    assertThatThrownBy(() -> new UntypedVideoRequest(" ")).hasMessage("model is blank");
    assertThatThrownBy(() -> UntypedVideoRequest.of(new JsonObject()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model is missing; it is required");
    assertThatThrownBy(() -> new UntypedVideoRequest("a/b").with("model", "c/d"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsOfTheMakerAreWarnings() {
    String model = new KlingVideoV1StandardImageToVideoRequest().getModel();
    UntypedVideoRequest request =
        new UntypedVideoRequest(model).with("image_url", Image.bytes(GIF));

    assertThat(request.warnings())
        .containsExactly("image_url is image/gif; Kling accepts PNG and JPEG");
    assertThat(request.with("duration", 7).warnings()).isEmpty();
    assertThat(new UntypedVideoRequest("vendor/model-1").warnings()).isEmpty();
  }
}
