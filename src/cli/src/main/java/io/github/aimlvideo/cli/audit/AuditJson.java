package io.github.aimlvideo.cli.audit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.audit.AuditEntry;
import io.github.aimlvideo.batch.audit.AuditReport;
import io.github.aimlvideo.batch.audit.Verdict;

/** An audit for programs: every generation with its entries of the ledger. */
record AuditJson(Help help) {
  JsonObject of(AuditReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("well", report.isWell());
    json.add("counts", counts(report));
    add(json, "Charged", report.charged());
    add(json, "Refunded", report.refunded());
    json.addProperty("otherCharges", report.otherCharges());
    add(json, "OfOthers", report.otherCost());
    json.addProperty("from", report.from().toString());
    json.addProperty("at", report.at().toString());
    JsonArray generations = new JsonArray();
    report.entries().forEach(entry -> generations.add(generation(entry)));
    json.add("generations", generations);
    return json;
  }

  private static JsonObject counts(AuditReport report) {
    JsonObject counts = new JsonObject();
    for (Verdict verdict : Verdict.values())
      counts.addProperty(verdict.toString(), report.count(verdict));
    return counts;
  }

  private JsonObject generation(AuditEntry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("verdict", entry.verdict().toString());
    json.addProperty("needsAttention", entry.needsAttention());
    entry.row().ifPresent(row -> json.addProperty("row", row));
    entry.generationId().ifPresent(id -> json.addProperty("id", id));
    entry.clientRequestId().ifPresent(id -> json.addProperty("clientRequestId", id));
    entry.model().ifPresent(model -> json.addProperty("model", model));
    entry.reported().ifPresent(cost -> add(json, "Reported", cost));
    add(json, "Charged", entry.charged());
    add(json, "Refunded", entry.refunded());
    entry.late().ifPresent(late -> json.addProperty("secondsLate", late.toSeconds()));
    help.command(entry).ifPresent(command -> json.addProperty("command", command));
    JsonArray transactions = new JsonArray();
    entry.transactions().forEach(transaction -> transactions.add(transaction(transaction)));
    json.add("transactions", transactions);
    return json;
  }

  private static JsonObject transaction(Transaction transaction) {
    JsonObject json = new JsonObject();
    transaction.createdAt().ifPresent(at -> json.addProperty("time", at.toString()));
    json.addProperty("direction", transaction.direction());
    json.addProperty("type", transaction.type());
    transaction.amount().ifPresent(amount -> add(json, "", amount));
    return json;
  }

  /** Such as {@code usdCharged} and {@code creditsCharged}. */
  private static void add(JsonObject json, String what, Cost cost) {
    json.addProperty("usd" + what, cost.usd());
    json.addProperty("credits" + what, cost.credits());
  }
}
