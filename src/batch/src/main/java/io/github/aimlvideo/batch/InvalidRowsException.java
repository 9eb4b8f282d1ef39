package io.github.aimlvideo.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows cannot be added; nothing was. */
public final class InvalidRowsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, RowProblem> problems;

  /** With at least one problem. */
  public InvalidRowsException(Map<String, RowProblem> problems) {
    super(
        problems.entrySet().stream()
            .limit(10)
            .map(row -> "row " + row.getKey() + ": " + row.getValue().message())
            .collect(Collectors.joining("; ")));
    this.problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
  }

  /** The problems by the names of the rows. */
  public Map<String, RowProblem> problems() {
    return problems;
  }
}
