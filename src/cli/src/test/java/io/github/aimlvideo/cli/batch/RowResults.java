package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** Results for the tests. */
public final class RowResults {
  private RowResults() {}

  public static RowResult completed(String name, String image, String file) {
    Cost cost = Cost.ofCredits(new BigDecimal("94500.5"));
    return new RowResult(
        name, "completed", image, "A boat sails.", file, cost, 249.3, "a1:b2", "c3", null);
  }

  public static RowResult failed(String name, String image, String prompt, String reason) {
    return new RowResult(name, "failed", image, prompt, null, null, null, null, null, reason);
  }

  /** Writes the page of a batch with these results. */
  public static void writePage(Path folder, String title, List<RowResult> rows) throws IOException {
    BatchFiles.replace(
        folder.resolve(ResultsPage.FILE), page -> ResultsPage.write(page, folder, title, rows));
  }

  /** With nothing but a name. */
  public static RowResult bare(String name, String status) {
    return new RowResult(name, status, null, null, null, null, null, null, null, null);
  }
}
