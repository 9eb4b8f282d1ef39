package io.github.aimlvideo.cli.batch.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the template shows it.
 *
 * @param cost of all rows; null if it is not known of any
 * @param cards are made while they are written, as there may be many
 */
record Page(
    String title,
    boolean running,
    int completed,
    int total,
    @Nullable String cost,
    List<StatusCount> counts,
    List<SharedReason> reasons,
    Iterable<Card> cards,
    PageAsset style,
    PageAsset script) {
  private static final Pattern NOT_IN_ID = Pattern.compile("[\\s\\p{Cntrl}]");

  /**
   * @param before rows of the statuses before it
   */
  record StatusCount(RowStatus status, int before, int rows) {}

  /** A reason of two rows or more, and a link to the first of them. */
  record SharedReason(RowStatus status, String reason, int rows, String firstRow) {}

  static Page of(Path folder, String title, List<RowResult> rows, boolean running) {
    List<String> ids = ids(rows);
    List<StatusCount> counts = counts(rows);
    int completed =
        (int) rows.stream().filter(row -> RowStatus.of(row) == RowStatus.COMPLETED).count();
    return new Page(
        title,
        running,
        completed,
        rows.size(),
        RowResult.cost(rows, PageText::cost).orElse(null),
        counts,
        sharedReasons(rows, ids),
        () ->
            IntStream.range(0, rows.size())
                .mapToObj(i -> Card.of(folder, rows.get(i), ids.get(i)))
                .iterator(),
        PageAsset.STYLE,
        PageAsset.SCRIPT);
  }

  private static List<StatusCount> counts(List<RowResult> rows) {
    Map<RowStatus, Integer> counts = new EnumMap<>(RowStatus.class);
    for (RowResult row : rows) counts.merge(RowStatus.of(row), 1, Integer::sum);
    List<StatusCount> list = new ArrayList<>();
    int before = 0;
    for (var count : counts.entrySet()) {
      list.add(new StatusCount(count.getKey(), before, count.getValue()));
      before += count.getValue();
    }
    return list;
  }

  /** The most frequent first. */
  private static List<SharedReason> sharedReasons(List<RowResult> rows, List<String> ids) {
    Map<List<Object>, SharedReason> reasons = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      RowStatus status = RowStatus.of(rows.get(i));
      String reason = PlainReason.of(rows.get(i));
      if (reason == null) continue;
      SharedReason first = new SharedReason(status, reason, 1, PageLink.toElement(ids.get(i)));
      reasons.merge(
          List.of(status, reason),
          first,
          (a, b) -> new SharedReason(status, reason, a.rows + 1, a.firstRow));
    }
    return reasons.values().stream()
        .filter(reason -> reason.rows > 1)
        .sorted(Comparator.comparing(SharedReason::rows).reversed())
        .toList();
  }

  /** Unique element ids without spaces, made from the names of the rows. */
  private static List<String> ids(List<RowResult> rows) {
    List<String> ids = new ArrayList<>(rows.size());
    Set<String> taken = new HashSet<>();
    for (RowResult row : rows) {
      String name = row.name().isBlank() ? "row" : NOT_IN_ID.matcher(row.name()).replaceAll("-");
      String id = name;
      for (int i = 2; !taken.add(id); i++) id = name + "-" + i;
      ids.add(id);
    }
    return ids;
  }
}
