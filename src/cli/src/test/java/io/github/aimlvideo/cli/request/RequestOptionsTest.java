package io.github.aimlvideo.cli.request;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.annotations.SerializedName;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Requests from options. A leading {@code /} stands for the folder of the test. */
class RequestOptionsTest {
  private static final String URL = "https://example.com/fox.png";

  @TempDir private Path folder;
  private Image image;

  @BeforeEach
  void images() throws IOException {
    Files.createDirectories(folder.resolve("masks"));
    image = Image.file(write("fox.gif", "GIF89a"));
    write("masks/mask.gif", "GIF89a");
  }

  @Test
  void everyParameterHasAnOption() throws IOException {
    write(
        "masks/masks.json",
        "[{'mask': 'mask.gif', 'trajectories': [{'x': 1, 'y': 2}, {'x': 3, 'y': 4}]}]");

    VideoRequest request =
        request(
            "/fox.gif -p fox -n blur -d 10 --cfg-scale 0.5 --tail-image /fox.gif --static-mask "
                + URL
                + " --dynamic-masks /masks/masks.json --camera forward_up"
                + " --camera-config horizontal=5,pan=-2");

    assertThat(request)
        .isEqualTo(
            kling(image)
                .prompt("fox")
                .negativePrompt("blur")
                .duration(10)
                .cfgScale(0.5)
                .tailImageUrl(image)
                .staticMask(Image.url(URL))
                .addDynamicMasksItem(
                    new DynamicMask()
                        .mask(Image.file(folder.resolve("masks/mask.gif")))
                        .addTrajectoriesItem(new TrajectoryPoint().x(1).y(2))
                        .addTrajectoriesItem(new TrajectoryPoint().x(3).y(4)))
                .cameraControl(
                    new CameraControl()
                        .type(CameraMove.FORWARD_UP)
                        .config(new CameraConfig().horizontal(5.0).pan(-2.0))));
  }

  @Test
  void cameraConfigAloneIsSimple() {
    assertThat(request(URL + " --camera-config zoom=1"))
        .isEqualTo(
            kling(Image.url(URL))
                .cameraControl(
                    new CameraControl()
                        .type(CameraMove.SIMPLE)
                        .config(new CameraConfig().zoom(1.0))));
  }

  @Test
  void optionsOverrideTheRequestAndItsViolations() throws IOException {
    write(
        "fox.json",
        """
        {'model': 'kling-video/v1/standard/image-to-video', 'image_url': 'gone.png',
         'prompt': 'snow', 'duration': '5', 'static_mask': 'masks/mask.gif',
         'camera_control': {'type': 'sideways', 'config': {'pan': 1}}}
        """);

    assertThat(request(URL + " --request /fox.json -p fox --camera down_back"))
        .isEqualTo(
            kling(Image.url(URL))
                .prompt("fox")
                .duration(5)
                .staticMask(Image.file(folder.resolve("masks/mask.gif")))
                .cameraControl(new CameraControl().type(CameraMove.DOWN_BACK)));
  }

  @Test
  void unknownModelIsNotValidated() throws IOException {
    write("new.json", "{'model': 'vendor/model', 'frame': 'fox.gif', 'seed': 7}");

    VideoRequest request = request("--request /new.json -d 7 --camera-config pan=1,yaw=2");

    assertThat(request).isInstanceOf(UntypedVideoRequest.class);
    assertThat(((UntypedVideoRequest) request).properties())
        .containsEntry("frame", image)
        .containsEntry("duration", 7)
        .containsEntry(
            "camera_control", Map.of("type", "simple", "config", Map.of("pan", 1.0, "yaw", 2.0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p fox | no image; give IMAGE or --request FILE",
        "gone.png --tail-image gone.png | IMAGE: no such file: gone.png;"
            + " --tail-image: no such file: gone.png",
        "/fox.gif -d 7 --cfg-scale 2 | duration = 7 must be 5 or 10; cfg_scale = 2.0 must be at most 1",
        "/fox.gif --camera up | camera_control.type = up must be CAMERA_MOVE",
        "/fox.gif --camera-config yaw=1 | camera_control.config.yaw is not a property of"
            + " camera_control.config, which has CAMERA_CONFIG",
        "/fox.gif --dynamic-masks gone.json | --dynamic-masks: no such file: gone.json",
        "/fox.gif --dynamic-masks /bad.json | --dynamic-masks: bad.json: not a JSON array",
        "--request /bad.json | --request: bad.json: image_url: no such file: gone.png; promt is not a property"
            + " of kling-video/v1/standard/image-to-video, which has REQUEST",
        "--request /empty.json | --request: empty.json: model is missing; it is required",
        "--request /twice.json | --request: twice.json: prompt occurs twice",
        "/fox.gif --dynamic-masks /deep.json | --dynamic-masks: deep.json: [0].trajectories[1].x occurs twice",
      })
  void allViolationsAreReportedTogether(String line, String violations) throws IOException {
    write(
        "bad.json",
        "{'model':'kling-video/v1/standard/image-to-video','image_url':'gone.png','promt':''}");
    write("empty.json", "{}");
    write("twice.json", "{'prompt':'a','model':'b','prompt':'a'}");
    write("deep.json", "[{'trajectories': [{'x': 1}, {'x': 1, 'x': 2}]}]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(line))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(folder + "/", ""))
                    .isEqualTo(withLists(violations)));
  }

  /** With the lists of the contract. */
  private static String withLists(String violations) {
    return violations
        .replace("REQUEST", properties(KlingVideoV1StandardImageToVideoRequest.class))
        .replace("CAMERA_CONFIG", properties(CameraConfig.class))
        .replace(
            "CAMERA_MOVE",
            Stream.of(CameraMove.values()).map(CameraMove::getValue).collect(joining(" or ")));
  }

  private static String properties(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(SerializedName.class))
        .map(field -> field.getAnnotation(SerializedName.class).value())
        .filter(name -> !name.equals("model"))
        .collect(joining(", "));
  }

  private VideoRequest request(String line) {
    return options(line).toRequest();
  }

  private RequestOptions options(String line) {
    RequestOptions options = new RequestOptions();
    List<String> words =
        Stream.of(line.split(" +"))
            .map(word -> word.startsWith("/") ? folder + word : word)
            .toList();
    new CommandLine(options).parseArgs(words.toArray(String[]::new));
    return options;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }

  private static KlingVideoV1StandardImageToVideoRequest kling(Image image) {
    return new KlingVideoV1StandardImageToVideoRequest().imageUrl(image);
  }
}
