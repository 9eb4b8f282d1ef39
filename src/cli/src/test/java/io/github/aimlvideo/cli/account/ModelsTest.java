package io.github.aimlvideo.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest extends CommandLineFixture {
  private static final String KLING = "kling-video/v1/standard/image-to-video";

  private void threeModels() {
    catalog(
        model(
            "vendor/model-2",
            "Vendor",
            "{'kind':'variants','dimensions':['resolution'],'variants':["
                + "{'when':{'resolution':'720p'},'price':0.13,'unit':'second','per':1},"
                + "{'when':{'resolution':'1080p'},'price':0.65,'unit':'second','per':1}]}",
            ",'capabilities':['text_to_video']"),
        model("vendor/model-3", "Vendor", "{'kind':'variable'}", ",'aliases':['vendor/latest']"),
        model(
            KLING,
            "Kling AI",
            "{'kind':'fixed','units':[{'name':'second','price':0.056,'per':1}]}",
            ",'capabilities':['image_to_video']"));
  }

  @Test
  void eachModelIsALineForAProgram() {
    threeModels();

    Run run = query("models");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            KLING
                + "\tKling AI\t$0.056/second\tyes\n"
                + "vendor/model-2\tVendor\t$0.13-0.65/second\tno\n"
                + "vendor/model-3\tVendor\tunknown\tno\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noKeyIsNeededAndNoneIsSent() throws Exception {
    threeModels();

    try (ForkedJvm run =
        ForkedJvm.start(folder, null, List.of(), Main.class, "models", "--base-url", url())) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).hasLineCount(3);
    }
    assertThat(query("models").exitCode()).isZero();
    for (int i = 0; i < 2; i++) {
      var request = server.takeRequest(1, TimeUnit.SECONDS);
      assertThat(request.getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void capabilityIsAFilter() {
    threeModels();

    assertThat(query("models", "--capability", "TEXT_to_video").out())
        .startsWith("vendor/model-2\t")
        .hasLineCount(1);
  }

  @Test
  void unknownCapabilityNamesThoseThereAre() {
    threeModels();

    Run run = query("models", "--capability", "imge_to_video");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "aiml-video: --capability: no model has 'imge_to_video';"
                + " known: image_to_video, text_to_video\n");
  }

  @Test
  void emptyCatalogueIsSaid() {
    catalog(new String[0]);

    Run run = query("models");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("the catalogue has no video models\n");
  }

  @Test
  void jsonHasPricesAndAliases() {
    threeModels();

    Run run = query("models", "--json");
    List<JsonObject> models =
        JsonParser.parseString(run.out())
            .getAsJsonObject()
            .getAsJsonArray("models")
            .asList()
            .stream()
            .map(model -> model.getAsJsonObject())
            .toList();
    assertThat(models.get(0).get("hasRequestClass").getAsBoolean()).isTrue();
    assertThat(models.get(0).getAsJsonObject("pricing"))
        .hasToString(
            "{\"kind\":\"fixed\",\"units\":[{\"usd\":0.056,\"per\":1,\"unit\":\"second\"}]}");
    assertThat(models.get(1).getAsJsonObject("pricing").getAsJsonArray("variants").get(1))
        .hasToString(
            "{\"usd\":0.65,\"per\":1,\"unit\":\"second\",\"when\":{\"resolution\":\"1080p\"}}");
    assertThat(models.get(2).getAsJsonArray("aliases")).hasToString("[\"vendor/latest\"]");
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "200, <html>", "200, '{\"data\":7}'"})
  void catalogueThatCannotBeReadIsOneLine(int status, String body) throws IOException {
    catalog(new MockResponse.Builder().code(status).body(body).build());

    Run run = query("models", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.err()).startsWith("aiml-video: ").contains("/v1/models").hasLineCount(1);
    assertThat(JsonParser.parseString(run.out()).getAsJsonObject().keySet())
        .containsExactly("error");
  }

  private void modelWithTag() {
    String body = "{\"data\":[{\"id\":\"a/b\",\"type\":\"internal/video-generations/submit\"}]}";
    catalog(new MockResponse.Builder().addHeader("ETag", "\"7\"").body(body).build());
  }

  private String listedWithCache(Path cache) throws IOException {
    String[] args = {"models", "--base-url", url()};
    try (ForkedJvm run =
        ForkedJvm.startWithVariable("XDG_CACHE_HOME=" + cache, folder, Main.class, args)) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      return run.out();
    }
  }

  @Test
  void nextRunAsksOnlyWhetherTheCatalogueHasChanged() throws Exception {
    modelWithTag();
    String first = listedWithCache(folder.resolve("cache"));
    catalog(new MockResponse.Builder().code(304).build());

    assertThat(listedWithCache(folder.resolve("cache"))).isEqualTo(first).startsWith("a/b\t");
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getHeaders().get("If-None-Match")).isNull();
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getHeaders().get("If-None-Match"))
        .isEqualTo("\"7\"");
  }

  @Test
  void cacheThatCannotBeUsedIsNoFailure() throws IOException {
    modelWithTag();
    Path cache = folder.resolve("cache");
    listedWithCache(cache);
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "{\"damaged");
      }
    }
    Files.writeString(folder.resolve("file"), "not a folder");

    assertThat(listedWithCache(cache)).hasLineCount(1);
    assertThat(listedWithCache(folder.resolve("file"))).hasLineCount(1);
  }
}
