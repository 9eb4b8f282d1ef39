package io.github.aimlvideo.cli.batch.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a row. */
enum RowStatus {
  COMPLETED("The video is missing from the folder", "Cost unknown"),
  FAILED("No reason is known", "Not charged"),
  RUNNING(null, "Cost not known yet"),
  UNKNOWN("Unknown whether it was accepted", "Cost unknown"),
  UNSENT(null, "Not charged");

  private static final Map<String, RowStatus> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(RowStatus::word, Function.identity()));

  /** Instead of a reason, for a row without a video. */
  final @Nullable String remark;

  /** Instead of a cost. */
  final String withoutCost;

  RowStatus(@Nullable String remark, String withoutCost) {
    this.remark = remark;
    this.withoutCost = withoutCost;
  }

  static RowStatus of(RowResult row) {
    return BY_WORD.getOrDefault(row.status(), UNKNOWN);
  }

  /** As in {@link RowResult}, and as a CSS class of the page. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return name().charAt(0) + word().substring(1);
  }
}
