package io.github.aimlvideo.cli.batch.page;

import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The top of the page: rows by status, credits spent, and links to failed and unknown rows. */
final class SummaryHtml {
  /** A longer list is collapsed at first. */
  private static final int MAX_OPEN_LINKS = 12;

  private final List<RowResult> rows;
  private final List<String> ids;
  private final Map<RowStatus, Integer> counts = new EnumMap<>(RowStatus.class);

  SummaryHtml(List<RowResult> rows, List<String> ids) {
    this.rows = rows;
    this.ids = ids;
    for (RowResult row : rows) counts.merge(RowStatus.of(row), 1, Integer::sum);
  }

  void write(Writer out) throws IOException {
    out.append(
        """
        <p class="lead"><strong>%s of %s</strong> videos completed%s.</p>
        """
            .formatted(
                HtmlText.number(counts.getOrDefault(RowStatus.COMPLETED, 0)),
                HtmlText.number(rows.size()),
                credits()));
    out.append("<ul class=\"counts\">\n");
    for (var count : counts.entrySet()) out.append(count(count.getKey(), count.getValue()));
    out.append("</ul>\n");
    writeLinks(out, RowStatus.FAILED);
    writeLinks(out, RowStatus.UNKNOWN);
  }

  private String count(RowStatus status, int count) {
    return """
    <li class="%s" style="flex-grow: %s"><strong>%s</strong> %s</li>
    """
        .formatted(status.word(), count, HtmlText.number(count), status.word());
  }

  private String credits() {
    return RowResult.credits(rows, HtmlText::number)
        .map(credits -> ", <strong>" + HtmlText.text(credits) + " credits</strong> spent")
        .orElse("");
  }

  private void writeLinks(Writer out, RowStatus status) throws IOException {
    int count = counts.getOrDefault(status, 0);
    if (count == 0) return;
    boolean open = status == RowStatus.FAILED && count <= MAX_OPEN_LINKS;
    out.append(
        """
        <details class="%s"%s>
        <summary>%s %s</summary>
        <ul>
        """
            .formatted(status.word(), open ? " open" : "", HtmlText.number(count), status.word()));
    for (int i = 0; i < rows.size(); i++) {
      if (RowStatus.of(rows.get(i)) == status) out.append(link(rows.get(i), ids.get(i)));
    }
    out.append("</ul>\n</details>\n");
  }

  private static String link(RowResult row, String id) {
    String reason = Objects.requireNonNullElse(row.reason(), RowStatus.of(row).remark);
    return """
    <li><a href="%s" dir="auto">%s</a> <span dir="auto">%s</span></li>
    """
        .formatted(
            HtmlText.text(PageLink.toElement(id)),
            HtmlText.text(row.name()),
            HtmlText.text(reason));
  }
}
