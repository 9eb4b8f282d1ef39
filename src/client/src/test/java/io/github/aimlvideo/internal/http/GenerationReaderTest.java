package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credits from the body or, without sane ones, from the header. */
class GenerationReaderTest {
  private static final String HEADER = "x-aimlapi-credits-used";

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "560000, 560000",
    "'\"5.5\"', 5.5",
    "[7], 7",
    "1e12, 1000000000000",
    "0.000001, 0.000001",
  })
  void amountIsTold(String credits, BigDecimal told) {
    assertThat(created(credits, Headers.of()).creditsUsed().orElseThrow())
        .isEqualByComparingTo(told)
        .satisfies(amount -> assertThat(amount.scale()).isBetween(0, 30));
    assertThat(created("null", Headers.of(HEADER, credits)).creditsUsed().orElseThrow())
        .isEqualByComparingTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-1e-300",
        "1e999999999",
        "1e30000000",
        "1.1e12",
        "1e-7",
        "1e-999999999",
        "NaN",
        "Infinity",
        "-Infinity",
        "\"-5\"",
        "\"1e300\"",
        "[-5]",
        "[]",
        "{}",
        "{\"a\":5}",
        "[[1e99]]",
        "\"many\"",
        "true",
        "null",
        "5 5",
        "5,5",
        "'",
        "",
        "[",
        "0x7fffffffffffffffp900"
      })
  void anyOtherValueIsNotTold(String credits) {
    Headers header = Headers.of(HEADER, credits);

    assertThat(created("null", header).creditsUsed()).isEmpty();
    if (isJson(credits)) {
      assertThat(created(credits, Headers.of()).creditsUsed()).isEmpty();
      assertThat(created(credits, Headers.of(HEADER, "42")).creditsUsed())
          .contains(new BigDecimal(42));
      assertThat(polled(credits, "77").creditsUsed()).contains(new BigDecimal(77));
    }
  }

  @Test
  void tinyAmountIsNotZero() {
    String tiny = "0." + "0".repeat(100_000) + "1";

    assertThat(created(tiny, Headers.of()).creditsUsed()).isEmpty();
    assertThat(created("null", Headers.of(HEADER, tiny)).creditsUsed()).isEmpty();
  }

  @Test
  void bodyComesBeforeTheHeader() {
    assertThat(created("0", Headers.of(HEADER, "42")).creditsUsed()).contains(BigDecimal.ZERO);
  }

  @Test
  void pollKeepsTheCreditsOfTheCreate() {
    assertThat(polled("null", "77").creditsUsed()).contains(new BigDecimal(77));
    assertThat(polled("78", "77").creditsUsed()).contains(new BigDecimal(78));
  }

  @Test
  void dollarsOfTheHeaderStay() {
    Headers headers = Headers.of(HEADER, "560000", "x-aimlapi-usd-spent", "0.27");
    VideoGeneration created = created("null", headers);

    assertThat(created.cost()).contains(new Cost(new BigDecimal("0.27"), new BigDecimal(560_000)));
    assertThat(
            GenerationReader.polled(response("null", Headers.of()), created).orElseThrow().cost())
        .isEqualTo(created.cost());
    assertThat(GenerationReader.withoutResponse(created).cost()).isEqualTo(created.cost());
  }

  private static boolean isJson(String text) {
    try {
      body(text);
      return true;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private static VideoGeneration created(String credits, Headers headers) {
    return GenerationReader.created(response(credits, headers), "mine").orElseThrow();
  }

  private static VideoGeneration polled(String credits, String before) {
    return GenerationReader.polled(response(credits, Headers.of()), created(before, Headers.of()))
        .orElseThrow();
  }

  private static ApiResponse<VideoGenerationResponse> response(String credits, Headers headers) {
    Response head =
        new Response.Builder()
            .request(new Request.Builder().url("http://localhost/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("")
            .headers(headers)
            .build();
    return new ApiResponse<>(head, "{}", body(credits), null);
  }

  private static VideoGenerationResponse body(String credits) {
    String json = "{\"id\":\"abc\",\"meta\":{\"usage\":{\"credits_used\":" + credits + "}}}";
    return Json.RESPONSES.fromJson(json, VideoGenerationResponse.class);
  }
}
