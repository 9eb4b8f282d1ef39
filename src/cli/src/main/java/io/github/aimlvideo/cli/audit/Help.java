package io.github.aimlvideo.cli.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.audit.AuditEntry;
import io.github.aimlvideo.batch.audit.Verdict;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.account.PriceText;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What helps with an entry of an audit: a command, what to claim back, or both.
 *
 * @param folder of the videos; null if it is not known
 */
record Help(@Nullable Path folder, @Nullable String baseUrl) {
  String of(AuditEntry entry) {
    StringJoiner help = new StringJoiner("; ");
    excess(entry).ifPresent(usd -> help.add("claim back " + PriceText.of(usd)));
    command(entry).ifPresent(help::add);
    boolean isUnlisted = entry.verdict() == Verdict.UNKNOWN && !entry.transactions().isEmpty();
    if (isUnlisted) help.add("the logs do not list it yet");
    return help.toString();
  }

  /** What was charged beyond the cost in US dollars. */
  private static Optional<BigDecimal> excess(AuditEntry entry) {
    BigDecimal paid = entry.charged().usd().subtract(entry.refunded().usd());
    BigDecimal due =
        switch (entry.verdict()) {
          case CHARGED_ALTHOUGH_FAILED -> BigDecimal.ZERO;
          case CHARGED_TWICE, CHARGED_OTHERWISE ->
              isWholeExtra(entry) ? BigDecimal.ZERO : entry.reported().map(Cost::usd).orElse(paid);
          default -> paid;
        };
    return Optional.of(paid.subtract(due)).filter(usd -> usd.signum() > 0);
  }

  /** The generation itself is one too many, rather than an entry of it. */
  private static boolean isWholeExtra(AuditEntry entry) {
    return entry.verdict() == Verdict.CHARGED_TWICE && entry.transactions().size() == 1;
  }

  /** The command that helps, if one does. */
  Optional<String> command(AuditEntry entry) {
    return switch (entry.verdict()) {
      case CHARGED_ALTHOUGH_FAILED -> entry.generationId().map(this::status);
      case CHARGE_WITHOUT_ROW, CHARGED_TWICE, CHARGED_NOT_SAVED ->
          entry.generationId().filter(id -> entry.isVideoMissing()).map(id -> fetch(id, entry));
      case UNKNOWN -> entry.clientRequestId().map(id -> recover(id, entry));
      default -> Optional.empty();
    };
  }

  private String status(String id) {
    return ResumeHint.status(id, baseUrl);
  }

  private String fetch(String id, AuditEntry entry) {
    return ResumeHint.of(id, output(entry), baseUrl);
  }

  private String recover(String clientRequestId, AuditEntry entry) {
    return ResumeHint.recover(clientRequestId, output(entry), baseUrl);
  }

  /** The file of the row, or one beside it that does not exist. */
  private List<String> output(AuditEntry entry) {
    if (entry.row().isEmpty()) return List.of();
    String name = entry.row().get();
    Path file = file(name);
    for (int i = 2; Files.exists(file); i++) file = file(name + "-" + i);
    return List.of("-o", file.toString());
  }

  private Path file(String name) {
    String file = name + ".mp4";
    return folder == null ? Path.of(file) : folder.resolve(file);
  }
}
