package io.github.aimlvideo.cli.batch.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.batch.RowResults;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsPageTest {
  private static final String ATTACK = "</video><script>alert(1)</script>\"'&";
  private static final String ESCAPED =
      "&lt;/video&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"'&amp;";
  private static final String IN_ATTRIBUTE =
      "&lt;/video>&lt;script>alert(1)&lt;/script>&#34;&#39;&amp;\"";

  @TempDir private Path folder;

  @Test
  void textIsEscaped() throws IOException {
    String page = page(ATTACK, RowResults.failed(ATTACK, ATTACK, ATTACK, ATTACK));

    assertThat(page).containsOnlyOnce("<script>").containsOnlyOnce("</video>");
    assertThat(page).doesNotContain("alert(1)</script>");
    assertThat(page).contains("<title>" + ESCAPED + "<", "<h1 dir=\"auto\">" + ESCAPED + "<");
    assertThat(page).contains("<h2>" + ESCAPED + "</h2>", "<p class=\"short\">" + ESCAPED + "<");
    assertThat(page).contains("alt=\"Image for " + IN_ATTRIBUTE, "id=\"" + IN_ATTRIBUTE);
    assertThat(page).contains("<p class=\"reason\">" + ESCAPED + "</p>");
  }

  @Test
  void placeholdersInTextAreText() throws IOException {
    assertThat(page("${page.total()}", RowResults.bare("@if(true)", "unsent")))
        .contains("<title>${page.total()}</title>", "<h2>@if(true)</h2>");
  }

  @Test
  void charactersThatHtmlForbidsAreReplaced() throws IOException {
    assertThat(page("a\0b\ud800c\u001b[1m\ud83d\ude00", List.of()))
        .contains("<title>a\ufffdb\ufffdc\ufffd[1m\ud83d\ude00</title>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JAVASCRIPT://http://x/%0aalert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "//videos.example/a.jpg",
        "file:///etc/passwd",
        "blob:x",
      })
  void otherSchemesAreNamesOfFiles(String image) throws IOException {
    assertThat(page("Videos", RowResults.completed("boat", image, image)))
        .doesNotContainPattern("(src|href)=\"(?!#)[^\"/%]*:")
        .doesNotContain("=\"//");
  }

  @ParameterizedTest
  @CsvSource({
    "boat.jpg, boat.jpg",
    "two words.jpg, two%20words.jpg",
    "#1 100%? it's.jpg, %231%20100%25%3F%20it%27s.jpg",
    "Brücke.jpg, Br%C3%BCcke.jpg",
    "a&b=c+d.jpg, a%26b%3Dc%2Bd.jpg",
    "images/boat.jpg, images/boat.jpg",
    "../boat.jpg, ../boat.jpg",
  })
  void fileIsLinkedRelativeToThePage(String file, String link) throws IOException {
    assertThat(page("Videos", RowResults.completed("boat", folder.resolve(file) + "", "x.mp4")))
        .contains("<img src=\"" + link + "\" alt=\"Image for boat\"");
    assertThat(page("Videos", RowResults.completed("boat", null, file)))
        .contains("<a class=\"media video\" href=\"" + link + "\" aria-label=\"Play boat\">");
  }

  @Test
  void forbiddenCharactersOfAUrlAreEncoded() throws IOException {
    String url = "HTTPS://videos.example/%20ü'\"<x>?a=1&b=(2)#c";

    assertThat(page("Videos", RowResults.completed("boat", url, "boat.mp4")))
        .contains("src=\"HTTPS://videos.example/%20%C3%BC%27%22%3Cx%3E?a=1&amp;b=(2)#c\"");
  }

  @Test
  void dataUriIsShownOnceUnlessItIsLong() throws IOException {
    String small = "data:image/png;base64," + "A".repeat(90_000);
    String large = "data:image/png;base64," + "A".repeat(110_000);

    assertThat(page("Videos", RowResults.completed("boat", small, "boat.mp4")))
        .containsOnlyOnce(small);
    assertThat(page("Videos", RowResults.failed("boat", small, "A boat.", "flagged")))
        .containsOnlyOnce(small);
    assertThat(page("Videos", RowResults.completed("boat", large, "boat.mp4")))
        .doesNotContain("AAAA")
        .contains("Image: 110 kB in the manifest");
  }

  @Test
  void nothingIsLoadedBeforeItIsSeenOrPlayed() throws IOException {
    assertThat(page("Videos", RowResults.completed("boat", "/boat.jpg", "boat.mp4")))
        .contains("alt=\"Image for boat\" loading=\"lazy\" decoding=\"async\">")
        .containsOnlyOnce("<video controls playsinline preload=\"none\" hidden></video>");
  }

  @Test
  void rowsAreCountedByStatus() throws IOException {
    String page =
        page(
            "Videos",
            List.of(
                RowResults.completed("one", null, "one.mp4"),
                RowResults.completed("two", null, "two.mp4"),
                RowResults.failed("the third", null, "A boat.", "flagged"),
                RowResults.bare("four", "running"),
                RowResults.bare("five", "new word")));

    assertThat(page).contains("<strong>2 of 5</strong> videos completed", ">All <b>5</b>");
    assertThat(page).contains("value=\"failed\">Failed <b>1</b>", "Running <b>1</b>");
    assertThat(page).contains("<rect class=\"failed\" x=\"2\" width=\"1\" height=\"1\"/>");
    assertThat(page).contains("<article id=\"the-third\" class=\"failed\">");
    assertThat(page).contains("<article id=\"five\" class=\"unknown\">");
  }

  @Test
  void creditsAreALowerBoundIfOneIsUnknown() throws IOException {
    RowResult known = RowResults.completed("one", null, "one.mp4");

    assertThat(page("Videos", List.of(known, RowResults.bare("two", "completed"))))
        .contains("<strong>at least 94,500.5 credits ($0.05)</strong> spent");
    assertThat(page("Videos", RowResults.bare("two", "completed"))).doesNotContain("credits (");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2000000; 2,000,000 credits ($1.00)",
        "94500.5; 94,500.5 credits ($0.05)",
        "2469135780000; 2,469,135,780,000 credits ($1,234,567.89)",
        "12345; 12,345 credits ($0.0062)",
        "0.1; 0.1 credits ($0.00000005)",
        "0; 0 credits ($0.00)",
      })
  void costIsInCreditsAndDollars(String credits, String cost) throws IOException {
    assertThat(page("Videos", charged("boat", credits)))
        .contains("<p class=\"cost\">" + cost + "</p>")
        .contains("<strong>" + cost + "</strong> spent");
  }

  @Test
  void rowWithoutCostSaysWhy() throws IOException {
    assertThat(page("Videos", RowResults.bare("boat", "failed"))).contains(">Not charged</p>");
    assertThat(page("Videos", RowResults.bare("boat", "unknown"))).contains(">Cost unknown</p>");
  }

  @Test
  void reasonIsOnceInItsCardAndOnlyThere() throws IOException {
    assertThat(page("Videos", RowResults.failed("boat", null, "A boat.", "flagged")))
        .containsOnlyOnce("<p class=\"reason\">Flagged</p>")
        .doesNotContain("class=\"reasons\"");
  }

  @Test
  void reasonOfManyRowsIsGroupedWhateverItsIds() throws IOException {
    String page =
        page(
            "Videos",
            List.of(
                failed("one", "a1", "generation a1 failed: Too dark (TooDarkError)"),
                failed("two", "a2", "too small"),
                failed("three", "a3", "generation a3 failed: Too dark (TooDarkError)"),
                failed("four", "a4", "generation a4 failed with status error: Too dark")));

    assertThat(page)
        .contains("<b>3 failed</b> <a href=\"#one\" dir=\"auto\">Too dark</a>")
        .doesNotContain("TooDarkError", "generation a");
    assertThat(page.split("Too dark", -1)).hasSize(1 + 3 + 1);
    assertThat(page.split("Too small", -1)).hasSize(1 + 1);
  }

  @Test
  void rowsOfTheSameNameHaveUniqueIds() throws IOException {
    RowResult row = RowResults.bare("boat", "unsent");

    assertThat(page("Videos", List.of(row, row, RowResults.bare("", "unsent"))))
        .contains("id=\"boat\"", "id=\"boat-2\"", "id=\"row\"");
  }

  @Test
  void pageLoadsNothingFromElsewhere() throws IOException {
    assertThat(page("Videos", RowResults.completed("boat", "/boat.jpg", "boat.mp4")))
        .contains("content=\"default-src 'none'; script-src 'sha256-")
        .doesNotContain("unsafe", "<script ", "<link", "@import", "url(", "http://", "https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style"})
  void policyAllowsNoOtherScriptAndStyle(String element) throws Exception {
    String page = page("Videos", RowResults.bare("boat", "unsent"));
    String text = page.substring(page.indexOf("<" + element + ">") + element.length() + 2);

    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(text.substring(0, text.indexOf("</" + element)).getBytes(UTF_8));

    assertThat(page)
        .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
  }

  @Test
  void onlyThePageOfARunningBatchIsLive() throws IOException {
    List<RowResult> rows = List.of(RowResults.bare("boat", "running"));
    StringWriter running = new StringWriter();

    ResultsPage.write(running, folder, "Videos", rows, true);

    assertThat(running.toString()).contains("<p class=\"live\">");
    assertThat(page("Videos", rows)).doesNotContain("class=\"live\"");
  }

  @Test
  void failureOfTheDiskIsAnIOException() {
    Writer full =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            throw new UncheckedIOException(new IOException("No space left on device"));
          }
        };

    assertThatThrownBy(() -> ResultsPage.write(full, folder, "Videos", List.of(), false))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void failedWriteLeavesTheOldPage() throws IOException {
    page("Videos", List.of());
    RowResult broken = RowResults.bare(null, "completed");

    assertThatThrownBy(() -> RowResults.writePage(folder, "New", List.of(broken)))
        .isInstanceOf(NullPointerException.class);

    assertThat(folder.resolve("index.html")).content().contains("<title>Videos</title>");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void symbolicLinkAtThePartialFileIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(folder.resolve(".index.html.part"), elsewhere);

    page("Videos", List.of());

    assertThat(elsewhere).hasContent("mine");
  }

  private static RowResult failed(String name, String id, String reason) {
    return new RowResult(name, "failed", null, null, null, null, null, id, null, reason);
  }

  private static RowResult charged(String name, String credits) {
    Cost used = Cost.ofCredits(new BigDecimal(credits));
    return new RowResult(name, "completed", null, null, "a.mp4", used, null, null, null, null);
  }

  private String page(String title, RowResult row) throws IOException {
    return page(title, List.of(row));
  }

  private String page(String title, List<RowResult> rows) throws IOException {
    RowResults.writePage(folder, title, rows);
    return Files.readString(folder.resolve("index.html"));
  }
}
