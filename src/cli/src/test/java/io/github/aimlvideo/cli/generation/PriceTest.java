package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import java.io.IOException;
import java.nio.file.Files;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** generate with --max-usd, and what it tells of models and costs. */
class PriceTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/fox.png";
  private static final String PER_SECOND =
      "{'kind':'fixed','units':[{'name':'second','price':0.056,'per':1}]}";

  private void kling(String pricing) {
    catalog(
        model(
            "kling-video/v1/standard/image-to-video",
            "Kling AI",
            pricing,
            ",'aliases':['klingai/v1-standard']"));
  }

  private void created(String usage) {
    respond(200, "{'id':'abc','status':'queued','meta':{'usage':" + usage + "}}");
  }

  @Test
  void requestWithinTheBudgetIsSent() throws Exception {
    kling(PER_SECOND);
    created("{'credits_used':560000,'usd_spent':0.28}");

    Run run = run("generate", IMAGE, "--no-wait", "--max-usd", "0.28", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("\ncost: $0.28 (560000 credits)\n").doesNotContain("quoted");
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("usdSpent").getAsBigDecimal()).isEqualTo("0.28");
    assertThat(json.getAsJsonObject("quote").get("maxUsd").getAsBigDecimal()).isEqualTo("0.28");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "10"})
  void quoteAboveTheBudgetIsNotSent(String duration) throws Exception {
    kling(PER_SECOND);

    Run run = run("generate", IMAGE, "-p", "fox", "-d", duration, "--max-usd", "0.2799");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("aiml-video: the quote is above --max-usd 0.2799: $")
        .contains(duration + " seconds at $0.056 per second")
        .endsWith("; nothing was sent\n")
        .hasLineCount(1);
    assertThat(takeRequest()).isNull();
  }

  @Test
  void mostThatARequestMayCostIsCompared() throws Exception {
    kling(
        "{'kind':'variants','dimensions':['quality'],'variants':["
            + "{'when':{'quality':'low'},'price':0.1,'unit':'second','per':1},"
            + "{'when':{'quality':'high'},'price':0.2,'unit':'second','per':1}]}");

    Run run = run("generate", IMAGE, "--max-usd", "0.9");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("$0.50 (1000000 credits) to $1.00 (2000000 credits)");
    assertThat(takeRequest()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'variable'}", "{'kind':'auction','floor':{'usd':0.1}}", "null"})
  void unknownPriceIsNotSent(String pricing) throws Exception {
    kling(pricing);

    Run run = run("generate", IMAGE, "-p", "fox", "--max-usd", "100", "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("aiml-video: --max-usd 100 cannot be promised, as the price of kling-video/v1/")
        .endsWith("; nothing was sent; leave it out, or add --accept-unknown-price\n")
        .hasLineCount(1);
    JsonObject quote = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("quote");
    assertThat(quote.get("basis").getAsString()).isEqualTo("variable");
    assertThat(takeRequest()).isNull();
  }

  @Test
  void unknownPriceCanBeAccepted() {
    kling("{'kind':'variable'}");
    created("{'usd_spent':0.5}");

    Run run = run("generate", IMAGE, "--no-wait", "--max-usd", "0.3", "--accept-unknown-price");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "warning: the price of kling-video/v1/standard/image-to-video is unknown: ",
            "warning: the generation cost $0.50 (1000000 credits), more than --max-usd 0.3; its"
                + " price was not known\n");
  }

  @Test
  void budgetWithoutACatalogueIsNotSent() throws Exception {
    Run run = run("generate", IMAGE, "-p", "fox", "--max-usd", "100");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("unknown: no catalogue: ", "404").hasLineCount(1);
    assertThat(takeRequest()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "{'usd_spent':0.3}, '$0.30 (600000 credits); it was quoted as $0.28 (560000 credits)'",
    "{'credits_used':900000}, '$0.45 (900000 credits), more than --max-usd 0.4; it was quoted as'",
    "{'usd_spent':0.1}, '$0.10 (200000 credits); it was quoted as $0.28 (560000 credits)'",
  })
  void otherCostThanQuotedIsTold(String usage, String told) {
    kling(PER_SECOND);
    created(usage);

    Run run = run("generate", IMAGE, "--no-wait", "--max-usd", "0.4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("\nwarning: the generation cost " + told);
  }

  @Test
  void catalogueIsNotAskedWithoutNeed() throws IOException {
    created("{}");

    assertThat(run("generate", IMAGE, "--no-wait").exitCode()).isZero();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "kling-video/v1/standart/image-to-video, 'the catalogue has no model kling-video/v1/standart/image-to-video; did you mean kling-video/v1/standard/image-to-video'",
    "nothing/like-it, 'the catalogue has no model nothing/like-it; aiml-video models lists them'",
    "klingai/v1-standard, 'model klingai/v1-standard is an alias of kling-video/v1/standard/image-to-video; by that name'",
  })
  void modelIsNamedBeforeItIsSent(String model, String named) throws IOException {
    kling(PER_SECOND);
    Files.writeString(folder.resolve("r.json"), "{\"model\":\"" + model + "\",\"prompt\":\"x\"}");
    respond(400, "{'message':'Bad'}");

    Run run = run("generate", "--request", "r.json");
    assertThat(run.err()).startsWith("warning: " + named).contains("nothing was created: ");
  }

  @Test
  void slowCatalogueKeepsNothingFromBeingSent() throws IOException {
    catalog(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    Files.writeString(folder.resolve("r.json"), "{\"model\":\"a/b\",\"prompt\":\"x\"}");
    created("{}");

    Run run = run("generate", "--request", "r.json", "--no-wait");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("abc\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "{\"data\":[]}", "{\"data\":[7,null,{\"id\":[]}]}"})
  void oddCatalogueKeepsNothingFromBeingSent(String body) throws IOException {
    catalog(new MockResponse.Builder().body(body).build());
    Files.writeString(folder.resolve("r.json"), "{\"model\":\"a/b\",\"prompt\":\"x\"}");
    created("{}");

    Run run = run("generate", "--request", "r.json", "--no-wait");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("generation abc\n");
  }

  @Test
  void costIsShownForStatusToo() {
    respond(
        200,
        "{'id':'abc','status':'completed','video':{'url':'https://a/b'},"
            + "'meta':{'usage':{'usd_spent':0.28}}}");

    Run run = run("status", "abc", "--json");
    assertThat(run.err()).endsWith("\ncost: $0.28 (560000 credits)\n");
    assertThat(run.out()).contains("\"creditsUsed\":560000,\"usdSpent\":0.28,");
  }
}
