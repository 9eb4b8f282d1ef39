package io.github.aimlvideo.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  private static final String MODELS =
      """
      {"object":"list","data":[
        {"id":"kling-video/v1/standard/image-to-video","aliases":["klingai/v1-standard"],
         "type":"internal/video-generations/submit","info":{"name":"Kling 1.0","developer":"Kling"},
         "tags":["video"],"modalities":{"input":["image","text"],"output":["video"]},
         "capabilities":["image_to_video"],
         "pricing":{"kind":"fixed","currency":"USD",
                    "units":[{"name":"second","price":0.056,"per":1}]}},
        {"id":"vendor/text-model","capabilities":["TEXT_TO_VIDEO"]},
        {"id":"vendor/chat","type":"chat-completion"},
        7, null, {}
      ]}""";

  @TempDir private Path folder;
  private final Server server = new Server();
  private VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void catalogIsReadWithoutTheKey() {
    server.respond(MODELS);

    client.catalog();

    RecordedRequest request = server.request();
    assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/models");
    assertThat(request.getUrl().query())
        .isEqualTo(
            "include=pricing&include=modalities&include=capabilities"
                + "&type=internal/video-generations/submit");
    assertThat(request.getHeaders().get("Authorization")).isNull();
    assertThat(request.getHeaders().get("If-None-Match")).isNull();
    assertThat(request.getHeaders().toString()).doesNotContain("key-of-the-tests");
  }

  @Test
  void videoModelsAreRead() {
    server.respond(MODELS);

    List<CatalogModel> models = client.catalog().models();

    assertThat(models)
        .extracting(CatalogModel::id)
        .containsExactly("kling-video/v1/standard/image-to-video", "vendor/text-model");
    CatalogModel kling = models.get(0);
    assertThat(kling.developer()).contains("Kling");
    assertThat(kling.inputModalities()).containsExactly("image", "text");
    assertThat(kling.outputModalities()).containsExactly("video");
    assertThat(kling.hasRequestClass()).isTrue();
    assertThat(kling.pricing())
        .isEqualTo(
            new Pricing.Fixed(
                List.of(new Pricing.UnitPrice("second", new BigDecimal("0.056"), BigDecimal.ONE))));
    assertThat(models.get(1).hasRequestClass()).isFalse();
    assertThat(models.get(1).pricing())
        .isEqualTo(new Pricing.Variable("the catalogue has no price for it"));
  }

  @ParameterizedTest
  @CsvSource({"image_to_video, 1", "IMAGE_TO_VIDEO, 1", "text_to_video, 1", "none, 0"})
  void modelsHaveCapabilities(String capability, int count) {
    server.respond(MODELS);

    assertThat(client.catalog().withCapability(capability)).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kling-video/v1/standard/image-to-video",
        "klingai/v1-standard",
        "KLINGAI/V1-Standard",
        " klingai/v1-standard "
      })
  void modelIsFoundByIdOrAlias(String name) {
    server.respond(MODELS);

    assertThat(client.catalog().find(name).map(CatalogModel::name).orElseThrow())
        .contains("Kling 1.0");
  }

  @Test
  void unknownModelHasNearestNames() {
    server.respond(MODELS);
    Catalog catalog = client.catalog();

    assertThat(catalog.find("kling-video/v1/standard/image-to-vidoe")).isEmpty();
    assertThat(catalog.nearest("kling-video/v1/standard/image-to-vidoe"))
        .containsExactly("kling-video/v1/standard/image-to-video");
    assertThat(catalog.nearest("Text Modle")).containsExactly("vendor/text-model");
    assertThat(catalog.nearest("v1-standard")).containsExactly("klingai/v1-standard");
    assertThat(catalog.nearest("something else")).isEmpty();
    assertThat(catalog.quote(new UntypedVideoRequest("vendor/text-modle")).explanation())
        .isEqualTo(
            "the catalogue has no video model vendor/text-modle; the nearest: vendor/text-model");
  }

  @Test
  void askingAgainCostsA304() {
    server.respond(tagged("\"v1\"")).respond(304, "").respond(MODELS);

    Catalog first = client.catalog();
    assertThat(client.catalog()).isSameAs(first);
    assertThat(client.catalog()).isNotSameAs(first);

    server.request();
    assertThat(server.request().getHeaders().get("If-None-Match")).isEqualTo("\"v1\"");
    assertThat(server.request().getHeaders().get("If-None-Match")).isEqualTo("\"v1\"");
  }

  @Test
  void anotherClientKnowsTheCatalogOfTheFolder() {
    server.respond(tagged("\"v1\"")).respond(304, "");

    Catalog first = withFolder().catalog();
    Catalog second = withFolder().catalog();

    server.request();
    assertThat(second).isEqualTo(first);
    assertThat(server.request().getHeaders().get("If-None-Match")).isEqualTo("\"v1\"");
    assertThat(folder.resolve("new")).isDirectoryContaining("glob:**/models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "URL\n\"v1\"\n<html>", "https://other/\n\"v1\"\n{\"data\":[]}"})
  void damagedOrForeignFileIsReplaced(String content) throws IOException {
    Path file = Files.createDirectories(folder.resolve("new")).resolve("models");
    Files.writeString(file, content.replace("URL", server.url()));
    server.respond(tagged("\"v2\""));

    assertThat(withFolder().catalog().models()).hasSize(2);

    assertThat(server.request().getHeaders().get("If-None-Match")).isNull();
    assertThat(Files.readString(file)).startsWith(server.url() + "\n\"v2\"\n");
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void folderThatCannotBeWrittenIsNoFailure() throws IOException {
    Files.writeString(folder.resolve("new"), "a file");
    server.respond(tagged("\"v1\""));

    assertThat(withFolder().catalog().models()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html>", "{\"data\":5}"})
  void catalogThatCannotBeReadIsAFailure(String body) {
    server.respond(body);

    assertThatThrownBy(client::catalog)
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("GET /v1/models returned 200 and no readable JSON");
  }

  @Test
  void unaskedNotModifiedIsAFailure() {
    server.respond(304, "");

    assertThatThrownBy(client::catalog).hasMessageContaining("returned 304");
  }

  @Test
  void catalogLargerThanOtherResponsesIsRead() {
    String description = "x".repeat(3 << 20);
    server.respond(
        "{\"data\":[{\"id\":\"a/b\",\"info\":{\"description\":\"" + description + "\"}}]}");

    assertThat(client.catalog().models().get(0).description().orElseThrow()).hasSize(3 << 20);
  }

  private VideoClient withFolder() {
    client.close();
    client = server.client().cacheDirectory(folder.resolve("new")).build();
    return client;
  }

  private static MockResponse.Builder tagged(String etag) {
    return new MockResponse.Builder().body(MODELS).addHeader("ETag", etag);
  }
}
