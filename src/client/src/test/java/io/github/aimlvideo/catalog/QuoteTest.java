package io.github.aimlvideo.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Quote.Basis;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests cost by the prices of the catalogue; nothing is guessed. */
class QuoteTest {
  private static final String KLING = "kling-video/v1/standard/image-to-video";
  private static final String PER_SECOND =
      "{'kind':'fixed','currency':'USD','units':[{'name':'second','price':0.65,'per':1}]}";

  private static final String BY_RESOLUTION =
      "{'kind':'variants','dimensions':['resolution','audio'],'variants':["
          + "{'when':{'resolution':'720p','audio':false},'price':0.1,'unit':'second','per':1},"
          + "{'when':{'resolution':'720p','audio':true},'price':0.2,'unit':'second','per':1},"
          + "{'when':{'resolution':'1080p'},'price':0.65,'unit':'second','per':1}]}";

  private final Server server = new Server();
  private final VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void secondsOfATypedRequestAreCounted() {
    price(KLING, PER_SECOND);

    Quote quote = client.quote(Samples.minimal().duration(10));

    assertThat(quote)
        .isEqualTo(
            Quote.of(KLING, usd("6.5"), usd("6.5"), Basis.FIXED, "10 seconds at $0.65 per second"));
    assertThat(quote).hasToString("$6.50 (13000000 credits)");
  }

  @Test
  void durationIsTheContractsDefaultIfAbsent() {
    price(KLING, PER_SECOND);
    price(KLING, PER_SECOND);

    assertThat(client.quote(Samples.minimal()).maximum()).contains(usd("3.25"));
    assertThat(client.quote(new UntypedVideoRequest(KLING)).maximum()).contains(usd("3.25"));
  }

  @Test
  void aliasHasTheDefaultsOfItsModel() {
    price(KLING, PER_SECOND);

    Quote quote = client.quote(new UntypedVideoRequest("other/name"));

    assertThat(quote.maximum()).contains(usd("3.25"));
    assertThat(quote.model()).isEqualTo("other/name");
  }

  @ParameterizedTest
  @CsvSource({
    "8, 5.2",
    "'\"8\"', 5.2",
    "'\"8s\"', 5.2",
    "2.5, 1.625",
    "8.0, 5.2",
    "'\"8 s\"', 5.2",
  })
  void durationMayBeText(String duration, String usd) {
    assertThat(quote(PER_SECOND, "{'duration':" + duration + "}").minimum()).contains(usd(usd));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'duration':'auto'}",
        "{'duration':0}",
        "{'duration':-5}",
        "{'duration':null}",
        "{'duration':{}}",
        "{'duration':5,'num_videos':2}"
      })
  void unknownDurationOrCountIsUnknown(String properties) {
    Quote quote = quote(PER_SECOND, properties);

    assertThat(quote.isKnown()).isFalse();
    assertThat(quote.minimum()).isEmpty();
    assertThat(quote.maximum()).isEmpty();
    assertThat(quote.explanation()).containsAnyOf("duration", "num_videos");
  }

  @Test
  void priceOfAVideoDoesNotDependOnTheDuration() {
    String perVideo = "{'kind':'fixed','units':[{'name':'video','price':0.4,'per':1}]}";

    assertThat(quote(perVideo, "{}").toString()).isEqualTo("$0.40 (800000 credits)");
  }

  @Test
  void priceForSeveralUnitsIsDivided() {
    String perFive = "{'kind':'fixed','units':[{'name':'second','price':3,'per':5}]}";

    assertThat(quote(perFive, "{'duration':10}").maximum()).contains(usd("6"));
    Quote uneven = quote(perFive, "{'duration':8}");
    assertThat(uneven.minimum()).contains(usd("4.8"));
    assertThat(uneven.maximum()).contains(usd("6"));
  }

  @Test
  void priceForAnUnknownMeasureIsUnknown() {
    String pricing =
        "{'kind':'fixed','units':[{'name':'video','measure':'frame','price':0.002,'per':1}]}";

    assertThat(quote(pricing, "{'duration':5}").explanation()).contains("per frame");
    assertThat(quote(pricing, "{'duration':5}").isKnown()).isFalse();
  }

  @Test
  void measureSaysWhatIsCounted() {
    String pricing =
        "{'kind':'fixed','units':[{'name':'video','measure':'second','price':0.1,'per':1}]}";

    assertThat(quote(pricing, "{'duration':5}").maximum()).contains(usd("0.5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'resolution':'1080p';                    3.25; 3.25",
        "'resolution':'1080P','audio':true;       3.25; 3.25",
        "'resolution':'720p','audio':true;        1;    1",
        "'resolution':'720p','audio':'false';     0.5;  0.5",
        "'resolution':'720p';                     0.5;  1",
        "'audio':true;                            1;    3.25",
        "'seed':1;                                0.5;  3.25",
      })
  void variantIsThatOfTheRequest(String properties, String minimum, String maximum) {
    Quote quote = quote(BY_RESOLUTION, "{'duration':5," + properties + "}");

    assertThat(quote.basis()).isEqualTo(Basis.VARIANTS);
    assertThat(quote.minimum()).contains(usd(minimum));
    assertThat(quote.maximum()).contains(usd(maximum));
  }

  @Test
  void variantsAreExplained() {
    assertThat(quote(BY_RESOLUTION, "{'duration':5,'resolution':'720p'}").explanation())
        .isEqualTo(
            "audio false, resolution 720p: 5 seconds at $0.1 per second,"
                + " or audio true, resolution 720p: 5 seconds at $0.2 per second");
    assertThat(quote(BY_RESOLUTION, "{'duration':5,'resolution':'4k'}"))
        .hasToString("unknown: it has no price for resolution = 4k");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'free'",
        "{}",
        "[" + PER_SECOND + "]",
        "{'kind':'variable'}",
        "{'kind':'auction','floor':{'usd':1}}",
        "{'kind':7}",
        "{'kind':'fixed'}",
        "{'kind':'fixed','units':[]}",
        "{'kind':'fixed','units':[null]}",
        "{'kind':'fixed','units':{'name':'second','price':1,'per':1}}",
        "{'kind':'fixed','currency':'EUR','units':[{'name':'second','price':1,'per':1}]}",
        "{'kind':'fixed','units':[{'name':'token','price':1,'per':1}]}",
        "{'kind':'fixed','units':[{'price':1,'per':1}]}",
        "{'kind':'fixed','units':[{'name':'second','per':1}]}",
        "{'kind':'fixed','units':[{'name':'second','price':1}]}",
        "{'kind':'fixed','units':[{'name':'second','price':-1,'per':1}]}",
        "{'kind':'fixed','units':[{'name':'second','price':[1],'per':1}]}",
        "{'kind':'fixed','units':[{'name':'second','price':1,'per':0}]}",
        "{'kind':'fixed','units':[{'name':'second','price':1e999999999,'per':1}]}",
        "{'kind':'fixed','units':[{'name':'second','price':1,'per':1},"
            + "{'name':'video','price':1,'per':1}]}",
        "{'kind':'variants'}",
        "{'kind':'variants','variants':[]}",
        "{'kind':'variants','variants':[{'price':1,'unit':'second','per':1}]}",
        "{'kind':'variants','variants':[{'when':[{}],'price':1,'unit':'second','per':1}]}",
        "{'kind':'variants','variants':[{'when':{'a':{}},'price':1,'unit':'second','per':1}]}",
        "{'kind':'variants','variants':[{'when':{},'price':1,'per':1}]}",
        "{'kind':'variants','variants':[{'when':{},'price':1,'unit':'frame','per':1}]}",
        "{'kind':'variants','variants':[{'when':{},'price':1,'unit':'second','per':1},7]}",
      })
  void anyOtherShapeIsUnknown(String pricing) {
    Quote quote = quote(pricing, "{'duration':5}");

    assertThat(quote.basis()).isEqualTo(Basis.VARIABLE);
    assertThat(quote.maximum()).isEmpty();
    assertThat(quote.explanation()).isNotBlank();
  }

  @Test
  void requestThatViolatesTheContractIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> client.quote(Samples.minimal().duration(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("duration");
    assertThat(server.web.getRequestCount()).isZero();
  }

  private Quote quote(String pricing, String properties) {
    price("a/b", pricing);
    var json = JsonParser.parseString(properties).getAsJsonObject();
    json.addProperty("model", "a/b");
    return client.quote(UntypedVideoRequest.of(json));
  }

  private void price(String model, String pricing) {
    String json =
        "{'data':[{'id':'%s','aliases':['other/name'],'pricing':%s}]}".formatted(model, pricing);
    server.respond(json.replace('\'', '"'));
  }

  private static Cost usd(String usd) {
    return Cost.ofUsd(new BigDecimal(usd));
  }
}
