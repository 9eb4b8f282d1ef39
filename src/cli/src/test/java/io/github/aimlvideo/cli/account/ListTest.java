package io.github.aimlvideo.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTest extends CommandLineFixture {
  private static final String ROW =
      "{'created':'2026-08-01T10:00:00.000Z','status':'succeeded','model':'vendor/model-1',"
          + "'cost':{'usd':0.28,'credits':560000},'inference_id':'%s','client_request_id':'c1'}";

  private void logs(boolean hasMore, String... ids) {
    StringBuilder rows = new StringBuilder();
    for (String id : ids) rows.append(rows.isEmpty() ? "" : ",").append(ROW.formatted(id));
    respond(200, "{'data':[" + rows + "],'pagination':{'has_more':" + hasMore + "}}");
  }

  @Test
  void eachGenerationIsALineForAProgram() {
    logs(false, "abc", "def");

    Run run = query("list");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String[] cells = run.out().lines().findFirst().orElseThrow().split("\t");
    assertThat(OffsetDateTime.parse(cells[0]).toInstant())
        .isEqualTo(Instant.parse("2026-08-01T10:00:00Z"));
    assertThat(cells)
        .containsSequence("abc", "succeeded", "0.28", "vendor/model-1", "c1")
        .hasSize(6);
    assertThat(run.out()).hasLineCount(2);
    assertThat(run.err()).isEqualTo("resume with: aiml-video wait ID --base-url " + url() + "\n");
  }

  @Test
  void idWithAHyphenIsResumedByTheOption() {
    logs(false, "-abc");

    assertThat(query("list").err()).contains("aiml-video wait --id=ID --base-url ");
  }

  @Test
  void jsonHasTheSameNamesAsOtherCommands() {
    logs(false, "abc");

    JsonObject json = JsonParser.parseString(query("list", "--json").out()).getAsJsonObject();
    JsonObject row = json.getAsJsonArray("generations").get(0).getAsJsonObject();
    assertThat(row.keySet())
        .containsExactly(
            "time", "id", "model", "status", "creditsUsed", "usdSpent", "clientRequestId");
    assertThat(OffsetDateTime.parse(row.get("time").getAsString()).toInstant())
        .isEqualTo(Instant.parse("2026-08-01T10:00:00Z"));
    assertThat(json.get("hasMore").getAsBoolean()).isFalse();
  }

  @Test
  void optionsReachTheServer() throws Exception {
    logs(false);

    Run run = query("list", "--since", "7d", "--status", "FAILED", "--model", "vendor/model-1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEqualTo("no generations in the last 168h\n");
    assertThat(takeRequest().getTarget())
        .startsWith("/v2/logs?")
        .contains("period=7d", "status=failed", "model=vendor%2Fmodel-1");
  }

  @Test
  void modelIsFoundByAllItsNames() throws Exception {
    catalog(model("vendor/model-1", "Vendor", "null", ",'aliases':['vendor/latest']"));
    logs(false);

    query("list", "--model", "vendor/latest");
    assertThat(takeRequest().getTarget()).contains("model=vendor%2Flatest&model=vendor%2Fmodel-1&");
  }

  @Test
  void limitTellsThatThereAreMore() {
    logs(true, "a", "b", "c");

    Run run = query("list", "--limit", "2");
    assertThat(run.out()).hasLineCount(2);
    assertThat(run.err()).startsWith("there are more; --limit lists them\nresume with: ");
  }

  @Test
  void whatTheServerLeftOutIsEmpty() {
    respond(200, "{'data':[{'inference_id':'abc'}],'pagination':{'has_more':false}}");

    assertThat(query("list").out()).isEqualTo("\tabc\t\t\t\t\n");
  }

  @ParameterizedTest
  @CsvSource({"401, 4, check AIML_API_KEY", "403, 4, key", "404, 5, /v2/logs returned 404"})
  void refusalIsOneLine(int status, int code, String why) {
    respond(status, "{'message':'No'}");

    Run run = query("list", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).startsWith("aiml-video: ").contains(why, "No").hasLineCount(1);
    assertThat(JsonParser.parseString(run.out()).getAsJsonObject().keySet())
        .containsExactly("error");
  }

  @Test
  void logsThatEndInTheMiddleAreNotAList() {
    logs(true, "a", "b");
    respond(404, "{'message':'No such page'}");

    Run run = query("list");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("No such page").hasLineCount(1);
  }

  @Test
  void nothingOfAServerMovesTheCursor() {
    logs(false, "a\\u001b[2J\\tb");

    Run run = query("list");
    assertThat(run.out()).contains("\ta\\u001b[2J\\tb\t").doesNotContain("\u001b");
  }
}
