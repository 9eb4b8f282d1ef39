package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request means and costs, before anything is sent. */
class CheckTest {
  @TempDir private Path folder;
  private Studio studio;
  private String image;

  @BeforeEach
  void start() {
    studio = new Studio(folder.resolve("studio"));
    image = studio.upload("My%20fox.png", Studio.png(400, 300));
  }

  @AfterEach
  void close() {
    studio.close();
    assertThat(studio.api.creates).hasValue(0);
  }

  @Test
  void validRequestHasNoProblems() {
    JsonObject check = check(Studio.request(image, "runs"));

    assertThat(check.getAsJsonArray("problems")).isEmpty();
    assertThat(check.get("nextName").getAsString()).isEqualTo("fox-1");
    assertThat(JsonParser.parseString(check.get("json").getAsString()))
        .isEqualTo(parse(Studio.request("My-fox.png", "runs")));
    assertThat(check.get("java").getAsString())
        .contains("class Fox1 ", "\"My-fox.png\"", "\"fox-1.mp4\"");
    assertThat(check.get("command").getAsString())
        .isEqualTo(
            "unzip -d fox-1 fox-1.zip && aiml-video generate --request fox-1/request.json"
                + " -o fox-1.mp4 --base-url "
                + studio.api.url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'prompt':'a','duration':7 | error | duration = 7 must be 5 or 10 | duration",
        "'prompt':'a','nope':7 | error | nope is not a property | nope",
        "'prompt':'a','camera_control':{'type':'x'} | error | camera_control.type = x |"
            + " camera_control",
        "'duration':5 | warning | no prompt | prompt",
        "'prompt':'a','tail_image_url':'https://a/b','camera_control':{'type':'down_back'}"
            + " | warning | Kling does not combine | tail_image_url camera_control",
        "'prompt':'a','tail_image_url':'https://a/b','duration':10"
            + " | warning | only with a duration of 5 | tail_image_url duration",
      })
  void problemsNameTheirFields(String properties, String level, String message, String fields) {
    JsonObject check =
        check("{'model':'" + Studio.MODEL + "','image_url':'" + image + "'," + properties + "}");

    JsonObject problem = check.getAsJsonArray("problems").get(0).getAsJsonObject();
    assertThat(problem.get("level").getAsString()).isEqualTo(level);
    assertThat(problem.get("message").getAsString()).contains(message);
    assertThat(problem.getAsJsonArray("fields"))
        .extracting(field -> field.getAsString())
        .containsExactlyInAnyOrder(fields.split(" "));
  }

  @Test
  void warningsOfMasksNameTheMasks() {
    String mask = studio.upload("mask.png", Studio.png(40, 90));

    JsonObject check =
        check(
            "{'model':'%s','prompt':'a','image_url':'%s','static_mask':'%s'}"
                .formatted(Studio.MODEL, image, mask));

    JsonObject problem = check.getAsJsonArray("problems").get(0).getAsJsonObject();
    assertThat(problem.get("message").getAsString()).contains("another aspect ratio");
    assertThat(problem.get("fields").toString()).contains("static_mask");
    assertThat(check.get("json").getAsString()).contains("\"static_mask\": \"static-mask.png\"");
  }

  @Test
  void missingImageIsAProblemOfItsField() {
    JsonObject check = check("{'model':'" + Studio.MODEL + "','prompt':'a'}");

    assertThat(check.getAsJsonArray("problems").get(0).toString()).contains("[\"image_url\"]");
    assertThat(check.get("java").getAsString()).isNotEmpty();
  }

  @Test
  void nextNameIsThatOfNoFile() throws IOException {
    Files.createDirectories(studio.folder);
    Files.writeString(studio.folder.resolve("fox-1.zip"), "mine");
    Files.writeString(studio.folder.resolve("fox-2.mp4"), "mine");

    assertThat(check(Studio.request(image, "runs")).get("nextName").getAsString())
        .isEqualTo("fox-3");
  }

  @ParameterizedTest
  @CsvSource({"a b/../c d, c-d-1", "-x, x-1", "'', image-1", "Füchse, Füchse-1", "a.b, a.b-1"})
  void nextNameIsSafe(String name, String next) {
    String body = "{'name':'" + name + "','request':" + Studio.request(image, "runs") + "}";

    assertThat(Studio.json(studio.post("check", body)).get("nextName").getAsString())
        .isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | not valid JSON (line 1, column 2)",
        "[] | not a JSON object",
        "{'name':'fox'} | request is missing; it is an object with a model",
        "{'name':'fox','request':{}} | model is missing; it is required",
        "{'request':{'model':'a/b'}} | name is missing",
      })
  void bodyThatIsNoRequestIsOneLine(String body, String message) {
    assertThat(Studio.message(studio.post("check", body), 400)).isEqualTo(message);
  }

  @Test
  void quoteHasPriceAndBalance() {
    studio.api.catalog.setPrice("0.28");
    studio.api.catalog.setBalance("1.72");

    JsonObject quote = quote(Studio.request(image, "runs"));

    assertThat(quote.get("known").getAsBoolean()).isTrue();
    assertThat(quote.get("text").getAsString()).isEqualTo("$0.28");
    assertThat(quote.get("explanation").getAsString()).contains("$0.28");
    assertThat(quote.get("balance").getAsString()).isEqualTo("$1.72");
    assertThat(quote.get("suffices").getAsBoolean()).isTrue();
  }

  @Test
  void catalogueIsAskedOnceWhileASliderMoves() {
    for (int i = 0; i < 5; i++) quote(Studio.request(image, "runs " + i));

    assertThat(studio.api.catalog.requests).hasValue(1);
  }

  @Test
  void withoutCatalogueAndBalanceThePriceIsUnknown() {
    studio.api.catalog.setStatus(404);
    studio.api.catalog.setBalance(null);

    JsonObject quote = quote(Studio.request(image, "runs"));

    assertThat(quote.get("known").getAsBoolean()).isFalse();
    assertThat(quote.get("text").getAsString()).isEqualTo("price unknown");
    assertThat(quote.get("explanation").getAsString()).startsWith("no catalogue: ").contains("404");
    assertThat(quote.has("balance")).isFalse();
    quote(Studio.request(image, "flies"));
    assertThat(studio.api.catalog.requests).as("a failure is not repeated at once").hasValue(1);
  }

  @Test
  void priceThatCannotBeConfirmedBuysNothing() {
    studio.api.catalog.setStatus(503);

    String request = Studio.request(image, "runs");
    String body = "{'name':'fox-1','price':'$0.28','request':" + request + "}";

    assertThat(Studio.message(studio.post("generations", body), 409))
        .startsWith("the price of $0.28 cannot be confirmed: no catalogue: ")
        .endsWith("; nothing was sent");
  }

  @Test
  void invalidRequestHasNoPrice() {
    studio.api.catalog.setPrice("0.28");

    JsonObject quote = quote("{'model':'" + Studio.MODEL + "'}");

    assertThat(quote.get("known").getAsBoolean()).isFalse();
    assertThat(quote.get("balance").getAsString()).isEqualTo("$100.00");
  }

  private JsonObject check(String request) {
    return Studio.json(studio.post("check", "{'name':'fox','request':" + request + "}"));
  }

  private JsonObject quote(String request) {
    return Studio.json(studio.post("quote", "{'request':" + request + "}"));
  }

  private static JsonObject parse(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }
}
