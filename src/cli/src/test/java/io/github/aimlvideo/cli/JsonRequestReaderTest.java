package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that a JSON object names. */
class JsonRequestReaderTest {
  private final List<String> faults = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void pictureIsALinkOrAFileInTheFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("fox.gif"), "GIF89a");

    UntypedVideoRequest request =
        request(
            "{'model':'a/b','image_url':'fox.gif','tail_image_url':'https://a/b','prompt':'fox.gif',"
                + "'keyframes':{'frame0':{'type':'image','url':'"
                + file
                + "'}}}");

    assertThat(faults).isEmpty();
    assertThat(request.properties())
        .containsEntry("image_url", Image.file(file))
        .containsEntry("tail_image_url", Image.url("https://a/b"))
        .containsEntry(
            "keyframes", Map.of("frame0", Map.of("type", json("'image'"), "url", Image.file(file))))
        .containsEntry("prompt", json("'fox.gif'"));
  }

  @Test
  void pictureThatCannotBeUsedIsAFaultAndNotMissing() throws IOException {
    Files.writeString(folder.resolve("text.png"), "text");

    UntypedVideoRequest request =
        request(
            "{'model':'kling-video/v1/standard/image-to-video','image_url':'gone.png',"
                + "'tail_image_url':'ftp://a/b','static_mask':'',"
                + "'dynamic_masks':[{'mask':'text.png','trajectories':[{'x':0,'y':0},{'x':1,'y':1}]}]}");

    assertThat(faults)
        .containsExactly(
            "image_url: no such file: " + folder.resolve("gone.png"),
            "tail_image_url: not an http(s) link: ftp://a/b",
            "static_mask: names no picture",
            "dynamic_masks[0].mask: not a picture (PNG, JPEG, WebP, GIF or BMP): "
                + folder.resolve("text.png"));
    assertThat(request.violations()).isEmpty();
  }

  @Test
  void withoutModelThereIsNoRequest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request("{'prompt':'fox'}"))
        .withMessage("model is missing, it is required");
  }

  private UntypedVideoRequest request(String text) {
    return new JsonRequestReader(folder).of((JsonObject) json(text), faults);
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }
}
