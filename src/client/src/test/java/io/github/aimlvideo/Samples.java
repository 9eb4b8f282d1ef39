package io.github.aimlvideo;

import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests and images that many tests send. */
public final class Samples {
  /** One transparent pixel. */
  public static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

  public static final String IMAGE_URL =
      "https://s2-111386.kwimgs.com/bs2/mmu-aiplatform-temp/kling/20240620/1.jpeg";

  private Samples() {}

  public static KlingVideoV1StandardImageToVideoRequest minimal() {
    return new KlingVideoV1StandardImageToVideoRequest().imageUrl(Image.url(IMAGE_URL));
  }

  /**
   * The request of the documentation page, where its duration is a string in spite of the schema.
   */
  public static KlingVideoV1StandardImageToVideoRequest page() {
    return minimal().prompt("Mona Lisa puts on glasses with her hands.").duration(5);
  }

  /** A request with every property of the contract. */
  public static KlingVideoV1StandardImageToVideoRequest full() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.bytes(PNG))
        .prompt("Grüße, \"Mona\" <&> 微笑")
        .tailImageUrl(Image.bytes(PNG))
        .duration(10)
        .negativePrompt("blur")
        .cfgScale(0.5)
        .staticMask(Image.url("https://example.com/mask.png"))
        .addDynamicMasksItem(
            new DynamicMask()
                .mask(Image.bytes(PNG))
                .addTrajectoriesItem(new TrajectoryPoint().x(1).y(2))
                .addTrajectoriesItem(new TrajectoryPoint().x(30).y(40)))
        .cameraControl(
            new CameraControl()
                .type(CameraMove.SIMPLE)
                .config(
                    new CameraConfig()
                        .horizontal(0.0)
                        .vertical(0.0)
                        .pan(-10.0)
                        .tilt(0.0)
                        .roll(0.0)
                        .zoom(2.5)));
  }

  /** A generation from a response in JSON. */
  public static VideoGeneration generation(String json) {
    VideoGenerationResponse response = Json.RESPONSES.fromJson(json, VideoGenerationResponse.class);
    return VideoGeneration.of(response.id("abc"), json, null);
  }

  public static String fixture(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/fixtures/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
