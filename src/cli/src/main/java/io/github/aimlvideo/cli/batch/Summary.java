package io.github.aimlvideo.cli.batch;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The top of the page: how many rows stand how, what they cost, and links to those to look after.
 */
final class Summary {
  /** A longer list is closed at first. */
  private static final int OPEN_LINKS = 12;

  private final List<RowResult> rows;
  private final List<String> ids;
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

  Summary(List<RowResult> rows, List<String> ids) {
    this.rows = rows;
    this.ids = ids;
    for (RowResult row : rows) counts.merge(Status.of(row), 1, Integer::sum);
  }

  void write(Writer out) throws IOException {
    out.append(
        """
        <p class="lead"><strong>%s of %s</strong> films completed%s.</p>
        """
            .formatted(
                Html.number(counts.getOrDefault(Status.COMPLETED, 0)),
                Html.number(rows.size()),
                credits()));
    out.append("<ul class=\"counts\">\n");
    for (var count : counts.entrySet()) out.append(count(count.getKey(), count.getValue()));
    out.append("</ul>\n");
    writeLinks(out, Status.FAILED);
    writeLinks(out, Status.UNKNOWN);
  }

  private String count(Status status, int count) {
    return """
    <li class="%s" style="flex-grow: %d"><strong>%s</strong> %s</li>
    """
        .formatted(status.word(), count, Html.number(count), status.word());
  }

  private String credits() {
    List<BigDecimal> known =
        rows.stream().map(RowResult::creditsUsed).filter(Objects::nonNull).toList();
    if (known.isEmpty()) return "";
    boolean all =
        rows.stream()
            .noneMatch(row -> Status.of(row) == Status.COMPLETED && row.creditsUsed() == null);
    return ", %s<strong>%s credits</strong> spent"
        .formatted(
            all ? "" : "at least ",
            Html.number(known.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
  }

  private void writeLinks(Writer out, Status status) throws IOException {
    int count = counts.getOrDefault(status, 0);
    if (count == 0) return;
    boolean open = status == Status.FAILED && count <= OPEN_LINKS;
    out.append(
        """
        <details class="%s"%s>
        <summary>%s %s</summary>
        <ul>
        """
            .formatted(status.word(), open ? " open" : "", Html.number(count), status.word()));
    for (int i = 0; i < rows.size(); i++) {
      if (Status.of(rows.get(i)) == status) out.append(link(rows.get(i), ids.get(i)));
    }
    out.append("</ul>\n</details>\n");
  }

  private static String link(RowResult row, String id) {
    String reason = Objects.requireNonNullElse(row.reason(), Status.of(row).remark);
    return """
    <li><a href="%s" dir="auto">%s</a> <span dir="auto">%s</span></li>
    """
        .formatted(Html.text(Link.toPart(id)), Html.text(row.name()), Html.text(reason));
  }
}
