package io.github.aimlvideo.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests against the contract are refused unsent; those beyond Kling's limits get a warning. */
class RequestViolationsTest {
  private final Server server = new Server();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        Arguments.of(
            new KlingVideoV1StandardImageToVideoRequest(), "image_url is missing; it is required"),
        Arguments.of(request().model(null), "model is missing; it is required"),
        Arguments.of(request().cfgScale(1.5), "cfg_scale = 1.5 must be at most 1"),
        Arguments.of(request().cfgScale(-0.1), "cfg_scale = -0.1 must be at least 0"),
        Arguments.of(
            request().cfgScale(Double.NaN), "cfg_scale = NaN is not a number that JSON allows"),
        Arguments.of(
            request().cameraControl(new CameraControl().config(new CameraConfig().pan(11.0))),
            "camera_control.config.pan = 11.0 must be at most 10"),
        Arguments.of(
            request().dynamicMasks(Stream.generate(() -> mask(2)).limit(7).toList()),
            "dynamic_masks has 7 items; must have at most 6"),
        Arguments.of(
            request().addDynamicMasksItem(mask(1)),
            "dynamic_masks[0].trajectories has 1 items; must have at least 2"),
        Arguments.of(
            request().addDynamicMasksItem(mask(2)).addDynamicMasksItem(mask(78)),
            "dynamic_masks[1].trajectories has 78 items; must have at most 77"),
        Arguments.of(
            request().addDynamicMasksItem(mask(2).mask(null)),
            "dynamic_masks[0].mask is missing; it is required"),
        Arguments.of(
            request().addDynamicMasksItem(mask(2).addTrajectoriesItem(new TrajectoryPoint().x(1))),
            "dynamic_masks[0].trajectories[2].y is missing; it is required"),
        Arguments.of(request().addDynamicMasksItem(null), "dynamic_masks[0] is null"),
        Arguments.of(
            request().cfgScale(2.0).model(null),
            "model is missing; it is required; cfg_scale = 2.0 must be at most 1"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void violationOfTheContractIsRefusedUnsent(
      KlingVideoV1StandardImageToVideoRequest request, String violation) {
    try (VideoClient client = server.client().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.create(request))
          .withMessage(violation);
      assertThatIllegalArgumentException().isThrownBy(() -> client.generateAsync(request));
    }
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void imageThatIsGoneIsRefusedUnsent(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("image.png"), Samples.PNG);
    Image image = Image.file(file);
    Files.delete(file);

    try (VideoClient client = server.client().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.create(Samples.minimal().imageUrl(image)))
          .withMessageStartingWith("an image cannot be read: no such file");
    }
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void clientRequestIdOfTheCallerIsSentOrRefused() {
    server.status("queued");

    try (VideoClient client = server.client().build()) {
      assertThat(client.create(Samples.minimal(), "order-7:a.b_c").clientRequestId())
          .contains("order-7:a.b_c");
      for (String wrong : new String[] {"", "a b", "ä", "x".repeat(129), "a\nb"}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> client.create(Samples.minimal(), wrong))
            .withMessageStartingWith("client request id must be 1 to 128 characters");
      }
    }
    assertThat(server.request().getHeaders().get("X-Client-Request-Id")).isEqualTo("order-7:a.b_c");
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  static Stream<Arguments> warnings() {
    CameraControl two =
        new CameraControl().type(CameraMove.SIMPLE).config(new CameraConfig().pan(1.0).zoom(1.0));
    CameraControl plain =
        new CameraControl().type(CameraMove.DOWN_BACK).config(new CameraConfig().pan(1.0));
    return Stream.of(
        Arguments.of(
            request().prompt("x".repeat(2501)), "prompt has 2501 characters; Kling accepts 2500"),
        Arguments.of(
            request().imageUrl(Image.bytes("GIF89a".getBytes())),
            "image_url is image/gif; Kling accepts PNG and JPEG"),
        Arguments.of(
            request().imageUrl(Image.url("data:image/png;base64,R0lGODlh")),
            "image_url is image/gif; Kling accepts PNG and JPEG"),
        Arguments.of(
            request().imageUrl(Image.bytes(Arrays.copyOf(png(400, 400), 11 << 20))),
            "image_url has 11534336 bytes; Kling accepts 10 MB"),
        Arguments.of(
            request().imageUrl(Image.bytes(png(299, 400))),
            "image_url is 299 x 400 pixels; Kling accepts sides of 300 or more"),
        Arguments.of(
            request().imageUrl(Image.bytes(jpeg(1000, 300))),
            "image_url is 1000 x 300 pixels; Kling accepts ratios from 1:2.5 to 2.5:1"),
        Arguments.of(
            request().tailImageUrl(Image.url("https://a/b")).staticMask(Image.url("https://a/b")),
            "Kling does not combine tail_image_url, masks and camera_control"),
        Arguments.of(
            request().tailImageUrl(Image.url("https://a/b")).duration(10),
            "Kling accepts tail_image_url and masks only with a duration of 5"),
        Arguments.of(
            request().cameraControl(two),
            "Kling expects exactly one value other than 0 in camera_control.config"),
        Arguments.of(
            request().cameraControl(plain),
            "Kling accepts camera_control.config only with the type simple"),
        Arguments.of(
            request().imageUrl(Image.bytes(png(400, 400))).staticMask(Image.bytes(png(400, 300))),
            "a mask has another aspect ratio than the image; Kling expects the same"),
        Arguments.of(
            request()
                .staticMask(Image.bytes(png(400, 400)))
                .addDynamicMasksItem(mask(2).mask(Image.bytes(png(800, 800)))),
            "the masks have different sizes; Kling expects the same for all"));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void limitsOfKlingAreOnlyWarnings(
      KlingVideoV1StandardImageToVideoRequest request, String warning) {
    server.status("queued");

    try (VideoClient client = server.client().listener(collecting()).build()) {
      client.createAsync(request).join(); // ends after its last event
    }

    assertThat(warnings).containsExactly(warning);
  }

  @Test
  void requestWithinAllLimitsGetsNoWarning() {
    server.status("queued");

    try (VideoClient client = server.client().listener(collecting()).build()) {
      client
          .createAsync(
              request()
                  .imageUrl(Image.file(Path.of("../../mock/sample.jpg")))
                  .prompt("x".repeat(2500)))
          .join();
    }

    assertThat(warnings).isEmpty();
  }

  private GenerationListener collecting() {
    return new GenerationListener() {
      @Override
      public void onWarning(String warning) {
        warnings.add(warning);
      }
    };
  }

  private static KlingVideoV1StandardImageToVideoRequest request() {
    return Samples.minimal();
  }

  private static DynamicMask mask(int points) {
    DynamicMask mask = new DynamicMask().mask(Image.url("https://a/b"));
    for (int i = 0; i < points; i++) mask.addTrajectoriesItem(new TrajectoryPoint().x(i).y(i));
    return mask;
  }

  /** The head of a PNG of that size. */
  private static byte[] png(int width, int height) {
    return ByteBuffer.wrap(Arrays.copyOf(Samples.PNG, Samples.PNG.length))
        .putInt(16, width)
        .putInt(20, height)
        .array();
  }

  /** The head of a JPEG of that size: an APP0 segment, then a frame header. */
  private static byte[] jpeg(int width, int height) {
    return ByteBuffer.allocate(32)
        .putInt(0xffd8ffe0)
        .putShort((short) 4)
        .putShort((short) 0)
        .putShort((short) 0xffc2)
        .putShort((short) 17)
        .put((byte) 8)
        .putShort((short) height)
        .putShort((short) width)
        .array();
  }
}
