package io.github.aimlvideo.cli.batch.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.cli.batch.RowResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsPageTest {
  private static final String ATTACK = "</video><script>alert(1)</script>\"'&";
  private static final String ESCAPED =
      "&lt;/video&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;";

  @TempDir private Path folder;

  @Test
  void textIsEscaped() throws IOException {
    String page = page(ATTACK, RowResults.failed(ATTACK, ATTACK, ATTACK, ATTACK));

    assertThat(page).doesNotContain("<script").doesNotContain("</video>");
    assertThat(page).contains("<title>" + ESCAPED, "<h1 dir=\"auto\">" + ESCAPED);
    assertThat(page).contains("\">" + ESCAPED + "</a></h2>", "alt=\"Image for " + ESCAPED);
    assertThat(page).contains("<p class=\"prompt\" dir=\"auto\">" + ESCAPED);
    assertThat(page).contains("<p class=\"frame none\" dir=\"auto\">" + ESCAPED);
  }

  @Test
  void placeholdersInTextAreText() throws IOException {
    assertThat(page("${rows}", RowResults.bare("${title}", "unsent")))
        .contains("<title>${rows}</title>", ">${title}</a></h2>");
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
        .doesNotContainPattern("(src|href)=\"(?!#|data:image/gif)[^\"/%]*:")
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
        .contains("src=\"" + link + "\" aria-label=\"Video boat\"");
  }

  @Test
  void forbiddenCharactersOfAUrlAreEncoded() throws IOException {
    String url = "HTTPS://videos.example/%20ü'\"<x>?a=1&b=(2)#c";

    assertThat(page("Videos", RowResults.completed("boat", url, "boat.mp4")))
        .contains("src=\"HTTPS://videos.example/%20%C3%BC%27%22%3Cx%3E?a=1&amp;b=(2)#c\"")
        .contains(">HTTPS://videos.example/%20ü&#39;&quot;&lt;x&gt;?a=1&amp;b=(2)#c</a>");
  }

  @Test
  void dataUriIsShownOnceUnlessItIsLong() throws IOException {
    String small = "data:image/png;base64," + "A".repeat(90_000);
    String large = "data:image/png;base64," + "A".repeat(110_000);

    assertThat(page("Videos", RowResults.completed("boat", small, "boat.mp4")))
        .containsOnlyOnce(small);
    assertThat(page("Videos", RowResults.completed("boat", large, "boat.mp4")))
        .doesNotContain("AAAA")
        .contains("An image of 110 kB in the manifest");
  }

  @Test
  void videoIsNotLoadedBeforeItIsPlayed() throws IOException {
    assertThat(page("Videos", RowResults.completed("boat", "/boat.jpg", "boat.mp4")))
        .contains("<video controls playsinline preload=\"none\" poster=\"data:image/gif;")
        .contains("alt=\"\" loading=\"lazy\"");
  }

  @Test
  void videoWithoutImageShowsItsFirstFrameUnlessThereAreMany() throws IOException {
    RowResult row = RowResults.completed("boat", null, "boat.mp4");

    assertThat(page("Videos", row)).contains("preload=\"metadata\" src=\"boat.mp4\"");
    assertThat(page("Videos", Collections.nCopies(41, row)))
        .contains("preload=\"none\" src=\"boat.mp4\"")
        .doesNotContain("metadata");
  }

  @Test
  void summaryCountsAndLinksToFailures() throws IOException {
    String page =
        page(
            "Videos",
            List.of(
                RowResults.completed("one", null, "one.mp4"),
                RowResults.completed("two", null, "two.mp4"),
                RowResults.failed("the third", null, "A boat.", "flagged"),
                RowResults.bare("four", "running"),
                RowResults.bare("five", "new word")));

    assertThat(page).contains("<strong>2 of 5</strong> videos completed", "189,001 credits");
    assertThat(page).contains("<strong>1</strong> failed", "<strong>1</strong> running");
    assertThat(page).contains("<a href=\"#the-third\" dir=\"auto\">the third</a>", ">flagged<");
    assertThat(page).contains("<article id=\"the-third\" class=\"failed\">");
    assertThat(page).contains("<article id=\"five\" class=\"unknown\">");
  }

  @Test
  void creditsAreALowerBoundIfOneIsUnknown() throws IOException {
    RowResult known = RowResults.completed("one", null, "one.mp4");

    assertThat(page("Videos", List.of(known, RowResults.bare("two", "completed"))))
        .contains("<strong>at least 94,500.5 credits</strong> spent");
    assertThat(page("Videos", RowResults.bare("two", "completed"))).doesNotContain("credits");
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
        .contains("default-src 'none'; style-src 'unsafe-inline';")
        .doesNotContain("<script", "<link", "@import", "url(", "http://", "https://");
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

  private String page(String title, RowResult row) throws IOException {
    return page(title, List.of(row));
  }

  private String page(String title, List<RowResult> rows) throws IOException {
    RowResults.writePage(folder, title, rows);
    return Files.readString(folder.resolve("index.html"));
  }
}
