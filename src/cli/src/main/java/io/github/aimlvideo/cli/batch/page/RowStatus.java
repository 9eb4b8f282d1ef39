package io.github.aimlvideo.cli.batch.page;

import java.util.Arrays;
import java.util.Locale;

/** The status of a row, and a remark for when no reason is known. */
enum RowStatus {
  COMPLETED("The video is missing from the folder."),
  FAILED("No reason is known."),
  RUNNING("The video is not ready yet."),
  UNKNOWN("Unknown whether it was accepted."),
  UNSENT("Not sent yet.");

  final String remark;

  RowStatus(String remark) {
    this.remark = remark;
  }

  static RowStatus of(RowResult row) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(row.status()))
        .findAny()
        .orElse(UNKNOWN);
  }

  /** As in {@link RowResult}, and as a CSS class of the page. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
