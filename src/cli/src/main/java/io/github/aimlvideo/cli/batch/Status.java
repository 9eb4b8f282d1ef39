package io.github.aimlvideo.cli.batch;

import java.util.Arrays;
import java.util.Locale;

/** How a row stands, and what to say where nobody knows more. */
enum Status {
  COMPLETED("The film is not on disk."),
  FAILED("No reason is known."),
  RUNNING("The film is not there yet."),
  UNKNOWN("Nobody knows whether it was started."),
  UNSENT("Nothing was sent yet.");

  final String remark;

  Status(String remark) {
    this.remark = remark;
  }

  static Status of(RowResult row) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(row.status()))
        .findAny()
        .orElse(UNKNOWN);
  }

  /** As in {@link RowResult}, and as a class of the page's style. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
