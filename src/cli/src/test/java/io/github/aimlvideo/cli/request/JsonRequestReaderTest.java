package io.github.aimlvideo.cli.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that a JSON object names. */
class JsonRequestReaderTest {
  private final List<String> violations = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void imageIsAUrlOrAFileInTheFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("fox.gif"), "GIF89a");

    UntypedVideoRequest request =
        request(
            "{'model':'a/b','image_url':'fox.gif','tail_image_url':'https://a/b','prompt':'fox.gif',"
                + "'keyframes':{'frame0':{'type':'image','url':'"
                + file
                + "'}}}");

    assertThat(violations).isEmpty();
    assertThat(request.properties())
        .containsEntry("image_url", Image.file(file))
        .containsEntry("tail_image_url", Image.url("https://a/b"))
        .containsEntry(
            "keyframes", Map.of("frame0", Map.of("type", json("'image'"), "url", Image.file(file))))
        .containsEntry("prompt", json("'fox.gif'"));
  }

  @Test
  void imageIsBase64() {
    byte[] gif = "GIF89a".concat("x".repeat(60)).getBytes(StandardCharsets.US_ASCII);
    String lines = Base64.getMimeEncoder(40, new byte[] {'\n'}).encodeToString(gif);

    UntypedVideoRequest request =
        request("{'model':'a/b','image_url':'" + lines.replace("\n", "\\n") + "'}");

    assertThat(violations).isEmpty();
    assertThat(request.properties()).containsEntry("image_url", Image.bytes(gif));
  }

  @Test
  void longTextIsNoFile() {
    request("{'model':'a/b','image_url':'" + "x".repeat(400_000) + "','mask':'data:,'}");

    String neither = "not an http(s) URL, and not a data URI or Base64 of an image: ";
    assertThat(violations)
        .containsExactly(
            "image_url: " + neither + "x".repeat(100) + "... (400000 characters)",
            "mask: " + neither + "data:,... (6 characters)");
  }

  @Test
  void unusableImageIsAViolationAndNotMissing() throws IOException {
    Files.writeString(folder.resolve("text.png"), "text");

    UntypedVideoRequest request =
        request(
            "{'model':'kling-video/v1/standard/image-to-video','image_url':'gone.png',"
                + "'tail_image_url':'ftp://a/b','static_mask':'',"
                + "'dynamic_masks':[{'mask':'text.png','trajectories':[{'x':0,'y':0},{'x':1,'y':1}]}]}");

    assertThat(violations)
        .containsExactly(
            "image_url: no such file: " + folder.resolve("gone.png"),
            "tail_image_url: not an http(s) URL: ftp://a/b",
            "static_mask: no image given",
            "dynamic_masks[0].mask: not an image (PNG, JPEG, WebP, GIF or BMP): "
                + folder.resolve("text.png"));
    assertThat(request.violations()).isEmpty();
  }

  @Test
  void requestNeedsAModel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request("{'prompt':'fox'}"))
        .withMessage("model is missing; it is required");
  }

  private UntypedVideoRequest request(String text) {
    return new JsonRequestReader(folder, new InputFiles())
        .read((JsonObject) json(text), violations);
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }
}
