package io.github.aimlvideo.kling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.internal.validation.KlingRequestChecks;
import io.github.aimlvideo.model.CameraControl;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CameraMovesTest {
  private static final Map<String, DoubleFunction<CameraControl>> SIMPLE =
      Map.of(
          "horizontal", CameraMoves::horizontal,
          "vertical", CameraMoves::vertical,
          "pan", CameraMoves::pan,
          "tilt", CameraMoves::tilt,
          "roll", CameraMoves::roll,
          "zoom", CameraMoves::zoom);

  static Stream<Arguments> moves() {
    Stream<Arguments> simple =
        SIMPLE.entrySet().stream()
            .map(
                move ->
                    Arguments.of(
                        move.getValue().apply(-2.5),
                        "{\"type\":\"simple\",\"config\":{\"" + move.getKey() + "\":-2.5}}"));
    Stream<Arguments> others =
        Stream.of(
            Arguments.of(CameraMoves.downBack(), "{\"type\":\"down_back\"}"),
            Arguments.of(CameraMoves.forwardUp(), "{\"type\":\"forward_up\"}"),
            Arguments.of(CameraMoves.rightTurnForward(), "{\"type\":\"right_turn_forward\"}"),
            Arguments.of(CameraMoves.leftTurnForward(), "{\"type\":\"left_turn_forward\"}"));
    return Stream.concat(simple, others);
  }

  @ParameterizedTest
  @MethodSource("moves")
  void everyMoveIsSentAsInTheContract(CameraControl move, String json) {
    try (Server server = new Server();
        VideoClient client = server.client().build()) {
      server.status("queued");

      client.create(Samples.minimal().cameraControl(move));

      assertThat(server.requestJson().get("camera_control"))
          .isEqualTo(JsonParser.parseString(json));
    }
  }

  @ParameterizedTest
  @MethodSource("moves")
  void everyMoveIsWithinKlingsLimits(CameraControl move, String json) {
    assertThat(KlingRequestChecks.warnings(Samples.minimal().cameraControl(move))).isEmpty();
  }

  @Test
  void everyMoveIsTested() {
    assertThat(CameraMoves.class.getDeclaredMethods())
        .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
        .hasSize((int) moves().count());
  }

  @Test
  void valuesBeyondKlingsLimitsAreNamed() {
    SIMPLE.forEach(
        (name, move) -> {
          for (double wrong : new double[] {-10.01, 11, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> move.apply(wrong))
                .withMessage(name + " not from -10 to 10: " + wrong);
          }
          assertThatIllegalArgumentException()
              .isThrownBy(() -> move.apply(-0.0))
              .withMessage(name + " is 0, the camera would not move");
          assertThat(move.apply(10).getConfig()).isNotEqualTo(move.apply(-10).getConfig());
        });
  }
}
