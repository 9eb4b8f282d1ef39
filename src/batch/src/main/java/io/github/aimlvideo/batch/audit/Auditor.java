package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.audit.Generation.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds generations, logs and ledger against each other, in memory. For one use. */
final class Auditor {
  private final Judge judge;
  private final Map<String, LoggedRequest> logs = new LinkedHashMap<>();
  private final Map<String, List<LoggedRequest>> logsByRequest = new HashMap<>();
  private final Map<String, List<Transaction>> ledger = new LinkedHashMap<>();
  private final List<Transaction> withoutReference = new ArrayList<>();
  private final Set<String> judged = new HashSet<>();
  private final List<AuditEntry> entries = new ArrayList<>();

  /**
   * @param now by the server's clock
   */
  Auditor(List<LoggedRequest> logs, List<Transaction> ledger, Instant now) {
    judge = new Judge(now);
    for (LoggedRequest entry : logs) {
      entry.id().ifPresent(id -> this.logs.putIfAbsent(key(id), entry));
      entry
          .clientRequestId()
          .ifPresent(id -> logsByRequest.computeIfAbsent(id, key -> new ArrayList<>()).add(entry));
    }
    for (Transaction entry : ledger) {
      entry
          .referenceId()
          .ifPresentOrElse(
              id -> this.ledger.computeIfAbsent(key(id), key -> new ArrayList<>()).add(entry),
              () -> withoutReference.add(entry));
    }
  }

  /** An id without the model that it may have behind a colon in one place and not in another. */
  private static String key(String id) {
    int colon = id.indexOf(':');
    return colon > 0 ? id.substring(0, colon) : id;
  }

  /**
   * Audits a batch. Charges of other generations of the account are counted, not judged: they carry
   * no client request id of this batch.
   */
  AuditReport batch(List<Generation> generations, Instant from) {
    generations.forEach(it -> it.id().map(Auditor::key).ifPresent(judged::add));
    generations.forEach(this::judgeCreate);
    return report(from, List.of());
  }

  /** Audits an account since an instant. What the logs list from before it is not judged. */
  AuditReport account(Instant from) {
    List<Transaction> earlier = new ArrayList<>();
    logs.forEach(
        (key, entry) -> {
          if (entry.created().filter(at -> at.isBefore(from)).isEmpty()) {
            judge(Generation.known(Stage.ENDED, entry.id(), Optional.of(entry)).with(entry));
          } else if (judged.add(key)) {
            earlier.addAll(ledger.getOrDefault(key, List.of()));
          }
        });
    ledger.forEach(
        (key, found) -> {
          if (!judged.contains(key) && found.stream().anyMatch(Transaction::isModelUsage))
            judge(Generation.known(Stage.UNLISTED, found.get(0).referenceId(), Optional.empty()));
        });
    withoutReference.stream()
        .filter(Transaction::isModelUsage)
        .forEach(entry -> judge(unlisted(), new Charges(List.of(entry))));
    withoutReference.clear();
    return report(from, earlier);
  }

  private static Generation unlisted() {
    return Generation.known(Stage.UNLISTED, Optional.empty(), Optional.empty());
  }

  /** A create, and all generations that the logs have of it. */
  private void judgeCreate(Generation create) {
    List<LoggedRequest> others =
        create.clientRequestId().map(id -> logsByRequest.getOrDefault(id, List.of())).stream()
            .flatMap(List::stream)
            .filter(entry -> entry.id().filter(id -> !judged.contains(key(id))).isPresent())
            .sorted(Comparator.comparing(LoggedRequest::isFailed)) // a success first
            .toList();
    boolean isFound = create.id().isEmpty() && !others.isEmpty();
    if (isFound) judge(create.with(others.get(0)));
    else judge(create.id().map(Auditor::key).map(logs::get).map(create::with).orElse(create));
    others.stream()
        .skip(isFound ? 1 : 0)
        .filter(entry -> !entry.isFailed() || ledger.containsKey(key(entry.id().orElseThrow())))
        .forEach(entry -> judge(create.other(entry)));
  }

  private void judge(Generation generation) {
    Optional<String> key = generation.id().map(Auditor::key);
    Charges charges = key.map(ledger::get).map(Charges::new).orElse(Charges.NONE);
    key.ifPresent(judged::add);
    judge(generation, charges);
  }

  private void judge(Generation generation, Charges charges) {
    judge.entry(generation, charges).ifPresent(entries::add);
  }

  private AuditReport report(Instant from, List<Transaction> earlier) {
    List<Transaction> others = new ArrayList<>(earlier);
    ledger.forEach(
        (key, found) -> {
          if (!judged.contains(key)) others.addAll(found);
        });
    others.addAll(withoutReference);
    others.removeIf(entry -> !entry.isModelUsage());
    Cost cost =
        others.stream().flatMap(entry -> entry.amount().stream()).reduce(Cost.ZERO, Cost::plus);
    return new AuditReport(entries, from, judge.now(), others.size(), cost);
  }
}
