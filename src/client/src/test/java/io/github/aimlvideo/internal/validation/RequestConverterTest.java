package io.github.aimlvideo.internal.validation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.internal.json.StreamingJsonBody;
import io.github.aimlvideo.kling.CameraMoves;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An untyped request for a model that has a class. */
class RequestConverterTest {
  private static final String MODEL = "kling-video/v1/standard/image-to-video";
  private static final Image IMAGE = Image.url(Samples.IMAGE_URL);

  @Test
  void requestIsConvertedToTheClassOfItsModel() {
    assertThat(request().with("prompt", "fox").with("duration", 5).toTyped())
        .isEqualTo(Samples.minimal().prompt("fox").duration(5));
  }

  @Test
  void everyPropertyIsConverted() throws IOException {
    Buffer sent = new Buffer();
    new StreamingJsonBody(Json.REQUESTS, Samples.full()).writeTo(sent);
    JsonObject json = JsonParser.parseString(sent.readUtf8()).getAsJsonObject();

    VideoRequest typed = UntypedVideoRequest.of(json).toTyped();

    assertThat(typed).isEqualTo(Samples.full());
  }

  @Test
  void nestedImagesKeepTheirContent() {
    Image mask = Image.bytes(Samples.PNG);
    List<?> points = List.of(Map.of("x", 1, "y", 2L), Map.of("x", "3", "y", 4.0));

    VideoRequest typed =
        request()
            .with("dynamic_masks", List.of(Map.of("mask", mask, "trajectories", points)))
            .toTyped();

    assertThat(typed)
        .isEqualTo(
            Samples.minimal()
                .addDynamicMasksItem(
                    new DynamicMask()
                        .mask(mask)
                        .addTrajectoriesItem(new TrajectoryPoint().x(1).y(2))
                        .addTrajectoriesItem(new TrajectoryPoint().x(3).y(4))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", " 5 ", "5.0", "5e0", "50e-1"})
  void numberMayBeAString(String five) {
    assertThat(request().with("duration", five).toTyped()).isEqualTo(Samples.minimal().duration(5));
    assertThat(request().with("duration", new BigDecimal(five.strip())).violations()).isEmpty();
  }

  @Test
  void imageMayBeAString() {
    String base64 = Base64.getMimeEncoder().encodeToString(Samples.PNG);

    assertThat(new UntypedVideoRequest(MODEL).with("image_url", Samples.IMAGE_URL).toTyped())
        .isEqualTo(Samples.minimal());
    assertThat(new UntypedVideoRequest(MODEL).with("image_url", base64).toTyped())
        .isEqualTo(Samples.minimal().imageUrl(Image.bytes(Samples.PNG)));
  }

  @Test
  void nullOfJsonIsAbsent() {
    assertThat(
            request().with("prompt", JsonNull.INSTANCE).with("promt", JsonNull.INSTANCE).toTyped())
        .isEqualTo(Samples.minimal());
  }

  @Test
  void requestForAModelWithoutAClassIsUnchanged() {
    UntypedVideoRequest untyped =
        new UntypedVideoRequest("vendor/model-1").with("duration", "long");

    assertThat(untyped.toTyped()).isSameAs(untyped);
    assertThat(untyped.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'promt':'fox'} | promt is not a property of kling-video/v1/standard/image-to-video, which"
            + " has REQUEST",
        "{'camera_control':{'typ':'simple'}} | camera_control.typ is not a property of"
            + " camera_control, which has CAMERA_CONTROL",
        "{'duration':'abc'} | duration = abc must be an integer",
        "{'duration':5.5} | duration = 5.5 must be an integer",
        "{'duration':''} | duration = \"\" must be an integer",
        "{'duration':true} | duration = true must be an integer",
        "{'duration':1e1000000000} | duration = 1e1000000000 must be an integer of 32 bits",
        "{'duration':7} | duration = 7 must be 5 or 10",
        "{'cfg_scale':'half'} | cfg_scale = half must be a number",
        "{'cfg_scale':'1.5'} | cfg_scale = 1.5 must be at most 1",
        "{'cfg_scale':1e400} | cfg_scale = Infinity is not a number that JSON allows",
        "{'prompt':7} | prompt = 7 must be a string",
        "{'prompt':['a']} | prompt = [\"a\"] must be a string",
        "{'static_mask':'mask.png'} | static_mask = mask.png must be an http(s) URL, or a data URI"
            + " or Base64 of an image",
        "{'static_mask':7} | static_mask = 7 must be an http(s) URL, or a data URI or Base64 of an"
            + " image",
        "{'camera_control':'simple'} | camera_control = simple must be an object",
        "{'camera_control':{'type':'up'}} | camera_control.type = up must be CAMERA_MOVE",
        "{'camera_control':{'config':{'pan':11}}} | camera_control.config.pan = 11.0 must be at"
            + " most 10",
        "{'dynamic_masks':{}} | dynamic_masks = {} must be an array",
        "{'dynamic_masks':[7]} | dynamic_masks[0] = 7 must be an object",
        "{'dynamic_masks':[null]} | dynamic_masks[0] is null",
        "{'dynamic_masks':[{'mask':'m','trajectories':[{'x':0,'y':0},{'x':1,'y':1}]}]} |"
            + " dynamic_masks[0].mask = m must be an http(s) URL, or a data URI or Base64 of an"
            + " image",
        "{'dynamic_masks':[{'mask':'http://a/b','trajectories':[{'x':0,'y':0},{'x':1,'y':'u'}]}]}"
            + " | dynamic_masks[0].trajectories[1].y = u must be an integer",
      })
  void eachViolationIsOneLine(String json, String violation) {
    JsonObject properties = JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
    UntypedVideoRequest request = request();
    for (var property : properties.entrySet()) {
      request = request.with(property.getKey(), property.getValue());
    }

    assertThat(request.violations()).containsExactly(withLists(violation));
  }

  /** With the lists of the contract. */
  private static String withLists(String violation) {
    return violation
        .replace("REQUEST", properties(KlingVideoV1StandardImageToVideoRequest.class))
        .replace("CAMERA_CONTROL", properties(CameraControl.class))
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

  @Test
  void allViolationsAreNamedOnce() {
    UntypedVideoRequest request =
        new UntypedVideoRequest(MODEL)
            .with("image_url", "fox.png")
            .with("promt", "fox")
            .with("duration", 7)
            .with("dynamic_masks", Arrays.asList(1, null));
    String image =
        "image_url = fox.png must be an http(s) URL, or a data URI or Base64 of an image";

    assertThat(request.violations())
        .hasSize(5)
        .contains(image, "duration = 7 must be 5 or 10", "dynamic_masks[1] is null");
    assertThatIllegalArgumentException()
        .isThrownBy(request::toTyped)
        .withMessage(String.join("; ", request.violations()));
  }

  @Test
  void imageIsNoStringAndIsNotShown() {
    assertThat(request().with("prompt", Image.bytes(Samples.PNG)).violations())
        .containsExactly("prompt = (image/png, 70 bytes) must be a string");
    assertThat(request().with("duration", "data:image/png;base64,AAAA").violations())
        .containsExactly("duration = data:image/png;base64,... (26 characters) must be an integer");
  }

  @Test
  void typedObjectsAreCheckedInTheUntypedRequest() {
    CameraControl up = CameraMoves.vertical(3);
    CameraControl tooFar = CameraMoves.vertical(3);
    tooFar.getConfig().pan(11.0);

    assertThat(request().with("camera_control", up).toTyped())
        .isEqualTo(Samples.minimal().cameraControl(up));
    assertThat(request().with("camera_control", tooFar).violations())
        .containsExactly("camera_control.config.pan = 11.0 must be at most 10");
  }

  @Test
  void missingPropertyIsNamed() {
    assertThat(new UntypedVideoRequest(MODEL).violations())
        .containsExactly("image_url is missing; it is required");
  }

  private static UntypedVideoRequest request() {
    return new UntypedVideoRequest(MODEL).with("image_url", IMAGE);
  }
}
