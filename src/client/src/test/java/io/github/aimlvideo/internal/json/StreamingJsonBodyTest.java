package io.github.aimlvideo.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
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
    JsonObject json = JsonParser.parseString(written.readUtf8()).getAsJsonObject();
    assertThat(UntypedVideoRequest.of(json).toTyped()).isEqualTo(Samples.full());
  }

  /** It is read while the body is written, so it can change under way. */
  @Test
  void imageThatChangesUnderWayNeverCompletesTheBody(@TempDir Path folder) throws IOException {
    byte[] large = Arrays.copyOf(Samples.PNG, 1_000_000);
    Path file = Files.write(folder.resolve("image.png"), large);
    StreamingJsonBody body =
        new StreamingJsonBody(Json.REQUESTS, Samples.minimal().imageUrl(Image.file(file)));
    Buffer written = new Buffer();
    Sink truncating =
        new ForwardingSink(written) {
          @Override
          public void write(Buffer source, long byteCount) throws IOException {
            super.write(source, byteCount);
            if (written.size() > 500_000) Files.write(file, Samples.PNG);
          }
        };
    BufferedSink sink = Okio.buffer(truncating);

    assertThatThrownBy(() -> body.writeTo(sink))
        .hasMessage(file + ": it changed after it was given: it ended early; give it again");

    sink.flush();
    assertThat(written.size()).isBetween(500_000L, 1_300_000L);
    assertThat(written.readUtf8()).doesNotContain("}");
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
