package io.github.aimlvideo.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.model.ErrorResponse;
import io.github.aimlvideo.model.LogsPagination;
import io.github.aimlvideo.model.LogsResponse;
import io.github.aimlvideo.model.VideoFile;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses whose values are not of the contract's types. */
class LenientAdapterFactoryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':{},'status':{'a':[1]},'video':5,'error':null,'meta':7}",
        "{'id':[],'status':[[]],'video':[],'error':[],'meta':[3]}",
        "{'id':null,'status':[null],'video':false,'meta':'x'}",
        "{'new':[{}]}"
      })
  void wrongTypesAreNull(String json) {
    VideoGenerationResponse response = generation(json);

    assertThat(response.getId()).isNull();
    assertThat(response.getStatus()).isNull();
    assertThat(response.getVideo()).isNull();
    assertThat(response.getError()).isNull();
    assertThat(response.getMeta()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'many'", "{}", "true", "''", "null"})
  void textThatIsNoNumberIsNull(String credits) {
    assertThat(credits(credits)).isNull();
  }

  @Test
  void scalarsAreConverted() {
    assertThat(generation("{'id':42}").getId()).isEqualTo("42");
    assertThat(generation("{'id':true}").getId()).isEqualTo("true");
    assertThat(credits("'5.5'")).isEqualTo(5.5);
    assertThat(pagination("{'has_more':'true','limit':'100','offset':1.0}"))
        .isEqualTo(new LogsPagination().hasMore(true).limit(100).offset(1));
  }

  @Test
  void arrayIsReadAsItsFirstElement() {
    VideoGenerationResponse response =
        generation("{'status':['queued','x',{}],'video':[{'url':'https://a/b'},3]}");

    assertThat(response.getStatus()).isEqualTo("queued");
    assertThat(response.getVideo().getUrl()).isEqualTo("https://a/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'https://a/b'",
        "['https://a/b']",
        "['https://a/b','https://a/c']",
        "[null,5,'https://a/b']",
        "[['https://a/b']]",
        "{'url':['https://a/b']}"
      })
  void linkIsReadAsItsVideo(String video) {
    assertThat(generation("{'video':" + video + "}").getVideo())
        .isEqualTo(new VideoFile().url("https://a/b"));
  }

  @Test
  void propertyOfAnyTypeKeepsItsArray() {
    ErrorResponse error = Json.RESPONSES.fromJson("{'message':['a','b']}", ErrorResponse.class);

    assertThat(error.getMessage()).isEqualTo(List.of("a", "b"));
  }

  @Test
  void listKeepsTheElementsThatCanBeRead() {
    LogsResponse logs = logs("{'data':[1,null,{'inference_id':'abc'},'x']}");

    assertThat(logs.getData()).hasSize(4);
    assertThat(logs.getData().get(0)).isNull();
    assertThat(logs.getData().get(2).getInferenceId()).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'data':{}}", "{'data':'x'}", "{'data':null}", "{}", "[{'data':7}]"})
  void otherValueIsNoList(String json) {
    assertThat(logs(json).getData()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.28", "'0.28'", "2.8e-1"})
  void amountIsExact(String usd) {
    assertThat(usd(usd)).isEqualByComparingTo("0.28");
  }

  /** The first of several amounts may be the wrong one; an exponent may make sums endless. */
  @ParameterizedTest
  @ValueSource(strings = {"[0.28]", "{}", "true", "'free'", "null", "1e999999999", "1e-41"})
  void anythingElseIsNoAmount(String usd) {
    assertThat(usd(usd)).isNull();
  }

  private static BigDecimal usd(String value) {
    String json = "{'meta':{'usage':{'usd_spent':" + value + "}}}";
    return generation(json).getMeta().getUsage().getUsdSpent();
  }

  @Test
  void idHasTwoNames() {
    assertThat(generation("{'id':'abc'}").getId()).isEqualTo("abc");
    assertThat(generation("{'generation_id':'xyz'}").getId()).isEqualTo("xyz");
  }

  @Test
  void contractsTypesAreWrittenUnchanged() {
    String json = "{\"id\":\"abc\",\"video\":{\"url\":\"https://a/b\"}}";

    assertThat(Json.RESPONSES.toJson(generation(json))).isEqualTo(json);
  }

  private static VideoGenerationResponse generation(String json) {
    return Json.RESPONSES.fromJson(json, VideoGenerationResponse.class);
  }

  private static Double credits(String value) {
    String json = "{'meta':{'usage':{'credits_used':" + value + "}}}";
    return generation(json).getMeta().getUsage().getCreditsUsed();
  }

  private static LogsResponse logs(String json) {
    return Json.RESPONSES.fromJson(json, LogsResponse.class);
  }

  private static LogsPagination pagination(String json) {
    return Json.RESPONSES.fromJson(json, LogsPagination.class);
  }
}
