package io.github.aimlvideo.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.Samples;
import io.github.aimlvideo.Server;
import io.github.aimlvideo.VideoClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.RequestBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingJsonBodyTest {
  /** OkHttp repeats a request on a 503 with {@code Retry-After: 0}, unless its body is one-shot. */
  @Test
  void bodyIsOneShotAndRetrofitDoesNotWrapIt() {
    try (Server server = new Server();
        VideoClient client = server.client().build()) {
      RequestBody body = client.api().create(Samples.full(), "mine").request().body();

      assertThat(body).isInstanceOf(StreamingJsonBody.class);
      assertThat(body.isOneShot()).isTrue();
      assertThat(body.contentType()).hasToString("application/json");
    }
  }

  @Test
  void contentHasTheAnnouncedLength() throws IOException {
    StreamingJsonBody body = new StreamingJsonBody(Json.REQUESTS, Samples.full());
    Buffer written = new Buffer();

    body.writeTo(written);

    assertThat(body.contentLength()).isEqualTo(written.size());
    assertThat(JsonParser.parseString(written.readUtf8()))
        .isEqualTo(Json.REQUESTS.toJsonTree(Samples.full()));
  }

  @Test
  void imageIsReadWhileTheBodyIsWritten(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("image.png"), Samples.PNG);
    var request = Samples.minimal().imageUrl(Image.file(file));
    StreamingJsonBody body = new StreamingJsonBody(Json.REQUESTS, request);
    byte[] changed = Samples.PNG.clone();
    changed[changed.length - 1]++;
    Files.write(file, changed);
    Buffer written = new Buffer();

    body.writeTo(written);

    String expected = Json.REQUESTS.toJson(Samples.minimal().imageUrl(Image.bytes(changed)));
    assertThat(written.readUtf8()).isEqualTo(expected);
  }

  @Test
  void missingImageIsRefusedBeforeAnythingIsWritten(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("image.png"), Samples.PNG);
    var request = Samples.minimal().imageUrl(Image.file(file));
    Files.delete(file);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamingJsonBody(Json.REQUESTS, request))
        .withMessage("an image cannot be read: no such file: " + file);
  }
}
