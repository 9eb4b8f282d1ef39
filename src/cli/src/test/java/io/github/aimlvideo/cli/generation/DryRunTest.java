package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest extends CommandLineFixture {
  private static final String KLING = "kling-video/v1/standard/image-to-video";

  /** 320 x 400 pixels by its head, which is all that is read. */
  private static final byte[] PNG =
      Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAUAAAAGQCAIAAAA=");

  @BeforeEach
  void files() throws IOException {
    Files.write(folder.resolve("fox.png"), PNG);
    catalog(
        model(
            KLING,
            "Kling AI",
            "{'kind':'fixed','units':[{'name':'second','price':0.056,'per':1}]}",
            ""));
  }

  private void balance(String amount) {
    respond(200, "{'current_balance':" + amount + ",'currency':'USD'}");
  }

  @Test
  void requestQuoteAndBalanceArePrinted() throws Exception {
    balance("41.72");

    Run run = run("generate", "fox.png", "-p", "Snow\nfalls.", "--dry-run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            request:
              model: kling-video/v1/standard/image-to-video
              image_url: fox.png (image/png, 29 bytes, 320 x 400 pixels)
              prompt: Snow\\nfalls.
            quote: $0.28 (560000 credits): 5 seconds at $0.056 per second
            balance: $41.72
            """);
    assertThat(run.err()).isEmpty();
    assertThat(takeRequest().getTarget()).isEqualTo("/v2/billing");
    assertThat(takeRequest()).isNull();
  }

  @Test
  void jsonIsOneObject() {
    balance("0.1");

    Run run =
        run("generate", "fox.png", "-p", "fox", "--camera-config", "pan=2", "--dry-run", "--json");
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.keySet()).containsExactly("dryRun", "request", "quote", "balance");
    assertThat(json.getAsJsonObject("request").get("image_url"))
        .hasToString(
            "{\"file\":\"fox.png\",\"type\":\"image/png\",\"bytes\":29,\"width\":320,\"height\":400}");
    assertThat(json.getAsJsonObject("request").get("camera_control"))
        .hasToString("{\"type\":\"simple\",\"config\":{\"pan\":2.0}}");
    assertThat(json.getAsJsonObject("quote").get("minUsd").getAsBigDecimal()).isEqualTo("0.28");
    assertThat(json.getAsJsonObject("balance").get("suffices").getAsBoolean()).isFalse();
  }

  @Test
  void balanceThatDoesNotSufficeIsSaid() {
    balance("0.1");

    assertThat(run("generate", "fox.png", "-p", "fox", "--dry-run").out())
        .endsWith("balance: $0.10, which does not suffice\n");
  }

  @Test
  void requestForAnyModelIsPrinted() throws IOException {
    Files.writeString(
        folder.resolve("r.json"),
        """
        {"model": "vendor/model-1", "seed": 7, "image_urls": ["fox.png", "https://a/b"]}
        """);
    balance("1");

    Run run = run("generate", "--request", "r.json", "--dry-run");
    assertThat(run.out())
        .startsWith("request:\n  model: vendor/model-1\n  seed: 7\n  image_urls: [\"")
        .contains("fox.png (image/png, 29 bytes, 320 x 400 pixels)\",\"https://a/b\"]\n")
        .contains("\nquote: unknown: the catalogue has no video model vendor/model-1");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noKeyIsNeeded() throws IOException {
    String[] args = {"generate", "fox.png", "-p", "x", "--dry-run", "--base-url", url()};
    try (ForkedJvm run = ForkedJvm.start(folder, null, List.of(), Main.class, args)) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("quote: $0.28 ").doesNotContain("balance");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadKeepsNothingFromBeingChecked() {
    respond(401, "{'message':'Invalid key'}");
    catalog("{'id':7}");

    Run run = run("generate", "fox.png", "-p", "x", "--dry-run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("quote: unknown: ").doesNotContain("balance");
    assertThat(run.err()).contains("warning: no balance: ", "Invalid key");
  }

  @ParameterizedTest
  @CsvSource({
    "-d 7, duration",
    "-o fox.png, --output: fox.png is the same file as the input",
    "--tail-image gone.png, no such file: gone.png",
    "--max-usd 0.1, the quote is above --max-usd 0.1: $0.28",
  })
  void whatGenerateRefusesIsRefused(String options, String why) throws Exception {
    balance("1");

    Run run = run(("generate fox.png -p fox --dry-run " + options).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: ").contains(why).hasLineCount(1);
  }

  @Test
  void limitsOfTheMakerAreWarnings() throws IOException {
    Files.writeString(folder.resolve("fox.gif"), "GIF89a");
    balance("1");

    assertThat(run("generate", "fox.gif", "--dry-run").err())
        .contains("warning: no prompt; ", "warning: image_url is image/gif; Kling accepts PNG");
  }
}
