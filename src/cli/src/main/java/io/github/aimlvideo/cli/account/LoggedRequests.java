package io.github.aimlvideo.cli.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of {@link ListCommand}. */
record LoggedRequests(
    QueryRunner runner,
    @Nullable String baseUrl,
    Duration since,
    boolean hasMore,
    List<LoggedRequest> rows)
    implements QueryRunner.Result {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** Those of a response that may have one more row than were asked for. */
  LoggedRequests(
      QueryRunner runner,
      @Nullable String baseUrl,
      Duration since,
      int limit,
      List<LoggedRequest> found) {
    this(
        runner,
        baseUrl,
        since,
        found.size() > limit,
        found.subList(0, Math.min(limit, found.size())));
  }

  @Override
  public void print() {
    if (rows.isEmpty()) {
      runner.inform("no generations in the last " + DurationText.of(since));
      return;
    }
    boolean person = Table.isForPerson();
    Table table =
        new Table()
            .column("TIME", 19)
            .column("ID", 24)
            .column("STATUS", 9)
            .column("COST", 8)
            .column("MODEL", 38)
            .column("CLIENT REQUEST ID", 36);
    for (LoggedRequest row : rows) {
      String id = row.id().orElse("");
      table.row(
          row.created().map(at -> person ? LOCAL.format(local(at)) : iso(at)).orElse(""),
          person && !id.isEmpty() ? ResumeHint.quote(id) : id,
          row.status(),
          row.cost().map(cost -> usd(cost, person)).orElse(""),
          row.model().orElse(""),
          row.clientRequestId().orElse(""));
    }
    table.print(runner.out());
    if (hasMore) runner.inform("there are more; --limit lists them");
    runner.inform("resume with: " + resume());
  }

  private static OffsetDateTime local(Instant at) {
    return at.atZone(ZoneId.systemDefault()).toOffsetDateTime();
  }

  private static String iso(Instant at) {
    return local(at.truncatedTo(ChronoUnit.MILLIS)).toString();
  }

  private static String usd(Cost cost, boolean person) {
    return person ? PriceText.of(cost.usd()) : cost.usd().toPlainString();
  }

  /** An id may begin with a hyphen, as options do. */
  private String resume() {
    boolean hyphen = rows.stream().anyMatch(row -> row.id().orElse("").startsWith("-"));
    List<String> words = new ArrayList<>(List.of("wait", hyphen ? "--id=ID" : "ID"));
    if (baseUrl != null) words.addAll(List.of("--base-url", baseUrl));
    return ResumeHint.of(words);
  }

  @Override
  public JsonObject toJson() {
    JsonArray all = new JsonArray();
    rows.forEach(row -> all.add(json(row)));
    JsonObject json = new JsonObject();
    json.add("generations", all);
    json.addProperty("hasMore", hasMore);
    return json;
  }

  private static JsonObject json(LoggedRequest row) {
    JsonObject json = new JsonObject();
    row.created().ifPresent(at -> json.addProperty("time", iso(at)));
    row.id().ifPresent(id -> json.addProperty("id", id));
    row.model().ifPresent(model -> json.addProperty("model", model));
    if (!row.status().isEmpty()) json.addProperty("status", row.status());
    row.cost()
        .ifPresent(
            cost -> {
              json.addProperty("creditsUsed", cost.credits());
              json.addProperty("usdSpent", cost.usd());
            });
    row.clientRequestId().ifPresent(id -> json.addProperty("clientRequestId", id));
    return json;
  }
}
