package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as the server receives them. */
class RequestTest {
  private final Server server = new Server();
  private final VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void absentPropertiesAreLeftOut() {
    server.status("queued");

    client.create(Samples.minimal());

    assertThat(server.request().getBody().utf8())
        .isEqualTo(
            "{\"model\":\"kling-video/v1/standard/image-to-video\",\"image_url\":\""
                + Samples.IMAGE_URL
                + "\"}");
  }

  @Test
  void everyPropertyHasItsNameAndType() {
    server.status("queued");

    client.create(Samples.full());

    String image = "data:image/png;base64," + Base64.getEncoder().encodeToString(Samples.PNG);
    JsonObject expected =
        JsonParser.parseString(Samples.fixture("full-request.json").replace("IMAGE", image))
            .getAsJsonObject();
    assertThat(server.requestJson()).isEqualTo(expected);
  }

  @Test
  void durationIsAnInteger() {
    server.status("queued");

    client.create(Samples.page());

    assertThat(server.request().getBody().utf8()).contains("\"duration\":5}");
  }

  @Test
  void createHasKeyTypeLengthAndClientRequestId() {
    server.status("queued");

    VideoGeneration created = client.create(Samples.minimal());

    RecordedRequest request = server.request();
    assertThat(request.getRequestLine()).isEqualTo("POST /v2/video/generations HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer key-of-the-tests");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Content-Length")).isEqualTo("" + request.getBodySize());
    assertThat(created.clientRequestId()).contains(request.getHeaders().get("X-Client-Request-Id"));
    assertThat(created.clientRequestId().orElseThrow()).matches("[A-Za-z0-9._:-]{1,128}");
  }

  @Test
  void idIsEncodedInTheQuery() {
    server.respond("{\"status\":\"queued\"}");

    client.get("-0ebebc75:kling-video/v1&x=1 +");

    assertThat(server.request().getUrl().queryParameter("generation_id"))
        .isEqualTo("-0ebebc75:kling-video/v1&x=1 +");
  }

  @Test
  void pathPrefixIsKept() {
    server.status("queued");

    try (VideoClient prefixed = server.client().baseUrl(server.url() + "proxy/aiml").build()) {
      prefixed.get(Server.ID);
    }

    assertThat(server.request().getTarget())
        .isEqualTo("/proxy/aiml/v2/video/generations?generation_id=" + Server.ID);
  }

  @Test
  void legacyEndpointServesBothOperations() {
    server.status("queued").status("generating");

    try (VideoClient legacy = server.client().useLegacyEndpoint(true).build()) {
      legacy.create(Samples.minimal());
      legacy.get(Server.ID);
    }

    assertThat(server.request().getTarget()).isEqualTo("/v2/generate/video/kling/generation");
    assertThat(server.request().getTarget())
        .isEqualTo("/v2/generate/video/kling/generation?generation_id=" + Server.ID);
  }

  @Test
  void imageFileIsSentAsDataUri(@TempDir Path folder) throws IOException {
    byte[] jpeg = new byte[100_001];
    jpeg[0] = (byte) 0xff;
    jpeg[1] = (byte) 0xd8;
    jpeg[2] = (byte) 0xff;
    Path file = Files.write(folder.resolve("image.bin"), jpeg);
    server.status("queued");

    client.create(Samples.minimal().imageUrl(Image.file(file)));

    assertThat(server.requestJson().get("image_url").getAsString())
        .isEqualTo("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
  }

  @Test
  void bareBase64HasNoPrefix() {
    server.status("queued");

    client.create(Samples.minimal().imageUrl(Image.bytes(Samples.PNG).bareBase64()));

    assertThat(server.requestJson().get("image_url").getAsString())
        .isEqualTo(Base64.getEncoder().encodeToString(Samples.PNG));
  }

  @Test
  void generatedInterfaceWorksByItself() throws IOException {
    server.status("queued").status("dreaming");

    var created = client.api().create(Samples.minimal(), "my-id").execute();
    var polled = client.api().retrieve(Server.ID).execute();

    assertThat(created.body().getId()).isEqualTo(Server.ID);
    assertThat(server.request().getHeaders().get("X-Client-Request-Id")).isEqualTo("my-id");
    assertThat(polled.body().getStatus()).as("unknown to the contract").isEqualTo("dreaming");
  }
}
