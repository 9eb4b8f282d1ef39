package io.github.aimlvideo.cli.audit;

import com.google.gson.JsonObject;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.audit.AuditEntry;
import io.github.aimlvideo.batch.audit.AuditReport;
import io.github.aimlvideo.batch.audit.Verdict;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.account.PriceText;
import io.github.aimlvideo.cli.account.QueryRunner;
import io.github.aimlvideo.cli.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The report of {@link AuditCommand}. */
record AuditResult(QueryRunner runner, AuditReport report, Help help)
    implements QueryRunner.Result {
  @Override
  public int exitCode() {
    return report.isWell() ? 0 : ExitCode.FAILED;
  }

  @Override
  public JsonObject toJson() {
    return new AuditJson(help).of(report);
  }

  @Override
  public void print() {
    Table table =
        new Table()
            .column("VERDICT", 28)
            .column("ROW", 20)
            .column("ID", 24)
            .column("CHARGED", 8)
            .column("REPORTED", 8)
            .column("WHAT HELPS", 60);
    List<AuditEntry> shown = report.entries().stream().filter(AuditResult::isShown).toList();
    shown.forEach(entry -> table.row(cells(entry)));
    if (!shown.isEmpty()) table.print(runner.out());
    summary().forEach(runner::inform);
  }

  private static boolean isShown(AuditEntry entry) {
    return entry.verdict() != Verdict.OK && entry.verdict() != Verdict.RUNNING;
  }

  private String[] cells(AuditEntry entry) {
    boolean isCharged = !entry.transactions().isEmpty();
    return new String[] {
      verdict(entry),
      entry.row().orElse(""),
      entry.generationId().orElse(""),
      isCharged ? PriceText.of(entry.charged().usd().subtract(entry.refunded().usd())) : "",
      entry.reported().map(cost -> PriceText.of(cost.usd())).orElse(""),
      help.of(entry)
    };
  }

  private static String verdict(AuditEntry entry) {
    String late = entry.late().map(it -> ", after " + age(it)).orElse("");
    return entry.verdict().label() + late;
  }

  /** Such as {@code 12 min}, {@code 3 h} or {@code 4 days}. */
  private static String age(Duration age) {
    if (age.toDays() > 1) return age.toDays() + " days";
    return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
  }

  private List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(counts());
    lines.add("charged: " + report.charged());
    if (!report.refunded().equals(Cost.ZERO)) lines.add("refunded: " + report.refunded());
    if (report.otherCharges() > 0)
      lines.add(
          "other generations of the account: "
              + report.otherCharges()
              + (report.otherCharges() == 1 ? " charge, " : " charges, ")
              + report.otherCost());
    if (report.count(Verdict.CHARGED_NOT_SAVED) > 0)
      lines.add("running the batch again saves its videos, too");
    return lines;
  }

  private String counts() {
    StringBuilder line = new StringBuilder();
    int all = report.entries().size();
    line.append(all).append(all == 1 ? " generation" : " generations");
    String separator = ": ";
    for (Verdict verdict : Verdict.values()) {
      long count = report.count(verdict);
      if (count == 0) continue;
      line.append(separator).append(count).append(' ').append(verdict.label());
      separator = "; ";
    }
    return line.toString();
  }
}
