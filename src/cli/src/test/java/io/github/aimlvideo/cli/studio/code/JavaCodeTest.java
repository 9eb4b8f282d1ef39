package io.github.aimlvideo.cli.studio.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCodeTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

  @TempDir private Path folder;
  private Image fox;
  private Image mask;

  @BeforeEach
  void images() throws Exception {
    fox = Image.file(Files.write(folder.resolve("fox \"1\".png"), PNG));
    mask = Image.file(Files.write(folder.resolve("mask.png"), PNG));
  }

  @Test
  void aRequestIsAProgramOfAFewLines() {
    KlingVideoV1StandardImageToVideoRequest request =
        kling()
            .imageUrl(fox)
            .prompt("A \"fox\" walks through snow.")
            .duration(5)
            .dynamicMasks(List.of(new DynamicMask().mask(mask).trajectories(points(9))))
            .cameraControl(
                new CameraControl()
                    .type(CameraMove.SIMPLE)
                    .config(new CameraConfig().pan(-5.0).zoom(0.5)));

    assertThat(
            JavaCode.of(request, image -> image == fox ? "fox.jpg" : "mask-1.png", "fox-1", null))
        .isEqualTo(
            """
            import io.github.aimlvideo.Image;
            import io.github.aimlvideo.VideoClient;
            import io.github.aimlvideo.VideoRequest;
            import io.github.aimlvideo.model.CameraConfig;
            import io.github.aimlvideo.model.CameraControl;
            import io.github.aimlvideo.model.CameraMove;
            import io.github.aimlvideo.model.DynamicMask;
            import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
            import io.github.aimlvideo.model.TrajectoryPoint;
            import java.nio.file.Path;
            import java.util.List;

            public class Fox1 {
              public static void main(String[] args) {
                // the key is read from the environment variable AIML_API_KEY
                try (VideoClient client = VideoClient.builder().build()) {
                  client.generate(request(), Path.of("fox-1.mp4")); // takes minutes
                }
              }

              static VideoRequest request() {
                return new KlingVideoV1StandardImageToVideoRequest()
                    .imageUrl(Image.file(Path.of("fox.jpg")))
                    .prompt("A \\"fox\\" walks through snow.")
                    .duration(5)
                    .dynamicMasks(
                        List.of(
                            new DynamicMask()
                                .mask(Image.file(Path.of("mask-1.png")))
                                .trajectories(
                                    List.of(
                                        pointOf(0, 500), pointOf(7, 497), pointOf(14, 494), pointOf(21, 491),
                                        pointOf(28, 488), pointOf(35, 485), pointOf(42, 482), pointOf(49, 479),
                                        pointOf(56, 476)))))
                    .cameraControl(
                        new CameraControl()
                            .type(CameraMove.SIMPLE)
                            .config(new CameraConfig().pan(-5.0).zoom(0.5)));
              }

              private static TrajectoryPoint pointOf(int x, int y) {
                return new TrajectoryPoint().x(x).y(y);
              }
            }
            """);
  }

  @Test
  void anUntypedRequestSetsItsPropertiesByName() {
    UntypedVideoRequest request =
        new UntypedVideoRequest("vendor/model-1")
            .with("prompt", "A fox.")
            .with("image_url", Image.url("https://example.com/fox.jpg"));

    assertThat(JavaCode.of(request, image -> "", "fox", null))
        .contains(
            """
              static VideoRequest request() {
                return new UntypedVideoRequest("vendor/model-1")
                    .with("prompt", "A fox.")
                    .with("image_url", Image.url("https://example.com/fox.jpg"));
              }
            }
            """);
  }

  @Test
  void eachPropertyAloneIsTheSame() throws Exception {
    List<VideoRequest> requests =
        List.of(
            kling(),
            kling().model("another/model"),
            kling().imageUrl(fox),
            kling().imageUrl(Image.url("https://example.com/fox.jpg?a=\"\\u0022")),
            kling().imageUrl(Image.url("data:image/svg+xml,<svg a='\"'/>")),
            kling().imageUrl(fox.bareBase64()),
            kling().prompt(""),
            kling().tailImageUrl(fox),
            kling().duration(Integer.MIN_VALUE),
            kling().negativePrompt("blur"),
            kling().cfgScale(0.1 + 0.2),
            kling().cfgScale(-0.0),
            kling().cfgScale(Double.NaN),
            kling().cfgScale(Double.NEGATIVE_INFINITY),
            kling().cfgScale(Double.MIN_VALUE),
            kling().staticMask(mask),
            kling().dynamicMasks(List.of()),
            kling().dynamicMasks(List.of(new DynamicMask(), new DynamicMask().mask(mask))),
            kling().dynamicMasks(List.of(new DynamicMask().trajectories(List.of()))),
            kling().dynamicMasks(List.of(new DynamicMask().trajectories(points(77)))),
            kling().dynamicMasks(List.of(new DynamicMask().trajectories(incompletePoints()))),
            kling().cameraControl(new CameraControl()),
            kling().cameraControl(new CameraControl().type(CameraMove.DOWN_BACK)),
            kling().cameraControl(new CameraControl().config(new CameraConfig())),
            kling().cameraControl(new CameraControl().config(new CameraConfig().roll(10.0))));

    assertThat(compiled(requests)).isEqualTo(requests);
  }

  @Test
  void everythingTogetherIsTheSameInLinesOf100Columns() throws Exception {
    VideoRequest request =
        kling()
            .imageUrl(fox)
            .prompt("A fox walks through snow, and looks at the camera. ".repeat(40))
            .tailImageUrl(fox)
            .duration(10)
            .negativePrompt("blur\n".repeat(30))
            .cfgScale(0.5)
            .staticMask(mask)
            .dynamicMasks(
                IntStream.rangeClosed(72, 77)
                    .mapToObj(count -> new DynamicMask().mask(mask).trajectories(points(count)))
                    .toList())
            .cameraControl(
                new CameraControl()
                    .type(CameraMove.LEFT_TURN_FORWARD)
                    .config(
                        new CameraConfig()
                            .horizontal(-10.0)
                            .vertical(-7.25)
                            .pan(1e-7)
                            .tilt(0.0)
                            .roll(1e10)
                            .zoom(10.0)));

    assertThat(CompiledCode.requestOf(request, folder)).isEqualTo(request);
    assertThat(JavaCode.of(request, image -> "fox.jpg", "fox-1", null).lines())
        .hasSizeLessThan(300)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aValueThatNoRequestHasIsRefused() {
    UntypedVideoRequest request = new UntypedVideoRequest("a/a").with("when", new Date(0));

    assertThatThrownBy(() -> JavaCode.of(request, image -> "", "fox", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a value of a request: class java.util.Date");
  }

  @ParameterizedTest
  @CsvSource({
    "fox-1, Fox1",
    "my_fox.v2, MyFoxV2",
    "1-2, Video12",
    "_, Video",
    "class, ClassVideo",
    "string, StringVideo",
    "record, RecordVideo",
    "new, New",
    "var, Var",
    "image, ImageVideo",
    "list, ListVideo",
    "path, PathVideo",
    "video-client, VideoClientVideo",
    "video-request, VideoRequestVideo",
    "camera-move, CameraMoveVideo",
    "camera-config, CameraConfig", // not used
    "größe, Größe",
    "写实, 写实",
    "½, Video",
  })
  void theClassIsNamedAfterTheVideo(String name, String className) throws Exception {
    VideoRequest request =
        kling()
            .imageUrl(fox)
            .dynamicMasks(List.of())
            .cameraControl(new CameraControl().type(CameraMove.SIMPLE));
    String code = CompiledCode.codeOf(request, name);

    assertThat(CompiledCode.classIn(code)).isEqualTo(className);
    assertThat(code).contains("Path.of(\"" + name + ".mp4\")");
    assertThat(CompiledCode.requests(List.of(code), folder)).containsExactly(request);
  }

  private List<VideoRequest> compiled(List<VideoRequest> requests) throws Exception {
    List<String> sources = new ArrayList<>();
    for (VideoRequest each : requests) {
      sources.add(CompiledCode.codeOf(each, "fox-" + sources.size()));
    }
    return CompiledCode.requests(sources, folder);
  }

  private static KlingVideoV1StandardImageToVideoRequest kling() {
    return new KlingVideoV1StandardImageToVideoRequest();
  }

  private static List<TrajectoryPoint> points(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TrajectoryPoint().x(7 * i).y(500 - 3 * i))
        .toList();
  }

  private static List<TrajectoryPoint> incompletePoints() {
    return List.of(new TrajectoryPoint().x(-1), new TrajectoryPoint(), new TrajectoryPoint().y(2));
  }

  @Test
  void otherServerIsNamed() {
    UntypedVideoRequest request = new UntypedVideoRequest("a/b");

    assertThat(JavaCode.of(request, image -> "", "fox", "http://127.0.0.1:4010"))
        .contains("VideoClient.builder().baseUrl(\"http://127.0.0.1:4010\").build()");
  }
}
