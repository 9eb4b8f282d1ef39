package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import io.github.aimlvideo.cli.fixture.BrowserFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, from disk; skipped without a browser, unless CI is set. */
class ResultsPageBrowserIT {
  private static final String ODD_NAME = "Brücke & Mühle #7, 50%? it's <grün>";

  private static final String EACH_IMAGE = "Promise.all([...document.images].filter(i => i.src)";

  @RegisterExtension private static final BrowserFixture browser = new BrowserFixture();

  @TempDir private Path folder;
  private Page page;

  @BeforeEach
  void samples() throws Exception {
    page = browser.page();
    Files.copy(Path.of("../../mock/sample.jpg"), folder.resolve(ODD_NAME + ".jpg"));
    Files.copy(Path.of("../../mock/sample.mp4"), folder.resolve(ODD_NAME + ".mp4"));
  }

  @Test
  void onlyImagesAndVideosAreLoaded() throws Exception {
    open(List.of(completed(ODD_NAME), RowResults.completed("text", null, ODD_NAME + ".mp4")));

    assertThat(numbers(EACH_IMAGE + ".map(i => i.decode().then(() => i.naturalWidth)))"))
        .containsExactly(640);
    assertThat(video(".media video")).containsExactly(5, 640, 400);
    click("article .media");
    assertThat(video("dialog video")).containsExactly(5, 640, 400);
    assertThat(browser.requests()).contains(url()).allMatch(url -> url.startsWith("file:"));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String attack = "</video></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    RowResult row = RowResults.failed(attack, "javascript:alert(1)", attack, attack);
    List<String> alerts = new ArrayList<>();
    page.onDialog(
        dialog -> {
          alerts.add(dialog.message());
          dialog.dismiss();
        });

    open(List.of(row, row));
    click(".reasons a");
    click(".media");

    for (String part : List.of("article h2", "article p", ".reason", ".reasons a", ".text p")) {
      assertThat(text(part)).isEqualTo(attack);
    }
    assertThat(first(".media").getAttribute("aria-label")).isEqualTo("Show " + attack);
    assertThat(numbers("[document.scripts.length, document.images.length, document.links.length]"))
        .containsExactly(1, 3, 4);
    assertThat(text("output")).isEmpty();
    assertThat(alerts).isEmpty();
  }

  @Test
  void injectedScriptDoesNotRun() throws Exception {
    open(List.of(completed(ODD_NAME)));

    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))");

    assertThat(page.evaluate("typeof ran")).isEqualTo("undefined");
  }

  @Test
  void rowsAreFilteredByStatusAndText() throws Exception {
    open(
        List.of(
            completed(ODD_NAME),
            completed("two"),
            RowResults.failed("three", null, "A boat.", "flagged"),
            RowResults.failed("four", null, "Brücke", "Flagged")));

    filter("failed");
    assertThat(shown()).containsExactly("three", "four");
    assertThat(text("output")).isEqualTo("2 shown");
    search("bruck  FLAG");
    assertThat(shown()).containsExactly("four");
    assertThat(text("output")).isEqualTo("1 shown");
    filter("completed");
    assertThat(shown()).isEmpty();
    assertThat(text("output")).isEqualTo("0 shown");
    click(".reasons a");
    assertThat(shown()).containsExactly("three", "four");
  }

  @Test
  void keyboardReachesFilterAndRows() throws Exception {
    open(List.of(completed("one"), RowResults.failed("two", null, "A boat.", "flagged")));

    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.value")).isEqualTo("all");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");
    assertThat(shown()).containsExactly("two");
    assertThat(outline("label:has(:checked)")).isEqualTo("solid");
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.ariaLabel")).isEqualTo("Text");
    page.keyboard().press("Tab");
    assertThat(outline("#two .media")).isEqualTo("solid");
  }

  @Test
  void dialogStepsThroughTheRowsThatAreShown() throws Exception {
    open(List.of(completed("one"), RowResults.bare("two", "unsent"), completed("three")));
    filter("completed");

    click("#three .media");
    assertThat(text("dialog h2")).isEqualTo("three");
    click("dialog [value='1']");
    assertThat(text("dialog h2")).isEqualTo("one");
    click("dialog [value='0']");

    awaitTrue("document.activeElement.ariaLabel === 'Play one'"); // after the event of closing
    awaitTrue("document.querySelector('dialog video').src === ''");
  }

  @Test
  void runningPageReloadsAndStaysWhereItIs() throws Exception {
    List<RowResult> rows =
        IntStream.range(0, 300)
            .mapToObj(i -> completed((i % 5 == 2 ? "fox " : "owl ") + i))
            .toList();
    write(rows, true);
    page.navigate(url());
    search("fox");
    first("#fox-227").evaluate("card => card.scrollIntoView()");
    int place = top("#fox-227");

    RowResult failed = RowResults.failed("fox", null, "A fox.", "a reason that two rows share");
    write(Stream.concat(rows.stream(), Stream.of(failed, failed)).toList(), false);
    awaitTrue("!document.querySelector('.live') && document.readyState === 'complete'");

    assertThat(first("[type=search]").inputValue()).isEqualTo("fox");
    assertThat(shown()).hasSize(62).contains("fox 297", "fox");
    assertThat(top("#fox-227")).isBetween(place - 1, place + 1);
  }

  @Test
  void videoThatIsOpenIsNotInterrupted() throws Exception {
    write(List.of(completed("one")), true);
    page.navigate(url());
    page.evaluate("window.old = true");
    click(".media");

    awaitTrue("performance.now() > 6000");
    assertThat(page.evaluate("old && document.querySelector('dialog').open")).isEqualTo(true);

    click("dialog [value='0']");
    awaitTrue("!window.old");
  }

  @Test
  void pausedPageDoesNotReload() throws Exception {
    write(List.of(completed("one")), true);
    page.navigate(url());
    page.evaluate("window.old = true");
    click(".live button");

    awaitTrue("performance.now() > 6000");

    assertThat(page.evaluate("old")).isEqualTo(true);
    assertThat(text(".live button")).isEqualTo("Resume updates");
  }

  @Test
  void imageThatCannotBeLoadedGivesWayToTheVideo() throws Exception {
    open(
        List.of(
            RowResults.completed("moon", "https://videos.invalid/moon.jpg", ODD_NAME + ".mp4"),
            RowResults.failed("sun", "https://videos.invalid/sun.jpg", "A boat.", "flagged")));

    awaitTrue("document.images[0].hidden && document.images[1].hidden");

    assertThat(page.evaluate("document.images[0].alt")).isEqualTo("Image for moon");
    assertThat(video("#moon video")).containsExactly(5, 640, 400);
    click("#sun .media");
    assertThat(first(".about a").getAttribute("href")).isEqualTo("https://videos.invalid/sun.jpg");
  }

  @Test
  void cardsFitTheScreenAndImagesKeepTheirShape() throws Exception {
    page.setViewportSize(1440, 900);
    open(IntStream.range(0, 20).mapToObj(i -> completed("video " + i)).toList());

    assertThat(
            numbers(
                "[[...document.querySelectorAll('article')]"
                    + ".filter(card => card.getBoundingClientRect().bottom <= innerHeight).length]"))
        .containsExactly(12);
    assertThat(page.evaluate("getComputedStyle(document.images[0]).objectFit"))
        .isEqualTo("contain");
  }

  @Test
  void nothingOverflowsOnPhone() throws Exception {
    String word = "Donaudampfschifffahrt".repeat(30);
    page = browser.page(BrowserFixture.screen(360, 740).setIsMobile(true));

    open(
        List.of(
            completed(ODD_NAME),
            RowResults.failed(word, word, word, word),
            RowResults.bare("three", "running"),
            RowResults.bare("four", "unknown"),
            RowResults.bare("five", "unsent")));

    assertThat(numbers("[innerWidth, document.documentElement.scrollWidth]"))
        .containsExactly(360, 360);
    String parts = "[...document.querySelectorAll('h1, h2, p, li, label, input, article, .media')]";
    assertThat(numbers(parts + ".map(part => part.getBoundingClientRect().right)"))
        .allMatch(right -> right <= 360);
  }

  @Test
  void darkSchemeIsDark() throws Exception {
    String background = "getComputedStyle(document.documentElement).backgroundColor";
    open(List.of(completed(ODD_NAME)));
    assertThat(page.evaluate(background)).isEqualTo("rgb(247, 245, 242)");

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

    assertThat(page.evaluate(background)).isEqualTo("rgb(19, 18, 17)");
  }

  @Test
  void tenThousandRowsOpenQuicklyAndLoadWhatIsVisible() throws Exception {
    for (int i = 0; i < 1000; i++)
      Files.createLink(folder.resolve(i + ".jpg"), folder.resolve(ODD_NAME + ".jpg"));
    CDPSession devTools = page.context().newCDPSession(page);
    devTools.send("Performance.enable", json("{'timeDomain': 'threadTicks'}"));

    open(
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    RowResults.completed(
                        "video " + i, folder + "/" + i % 1000 + ".jpg", ODD_NAME + ".mp4"))
            .toList());

    assertThat(mainThreadSeconds(devTools)).isPositive().isLessThan(3);
    assertThat(browser.requests().stream().filter(url -> url.endsWith(".jpg")))
        .hasSizeBetween(1, 80);
    assertThat(browser.requests()).noneMatch(url -> url.endsWith(".mp4"));
    assertThat(browser.console()).isEmpty();
  }

  private RowResult completed(String name) {
    return RowResults.completed(
        name, folder.resolve(ODD_NAME + ".jpg").toString(), ODD_NAME + ".mp4");
  }

  private void open(List<RowResult> rows) throws Exception {
    write(rows, false);
    page.navigate(url());
  }

  private void write(List<RowResult> rows, boolean running) throws Exception {
    BatchFiles.replace(
        folder.resolve(ResultsPage.FILE),
        out -> ResultsPage.write(out, folder, "Videos", rows, running));
  }

  private String url() {
    return folder.resolve(ResultsPage.FILE).toUri().toString();
  }

  private Locator first(String selector) {
    return page.locator(selector).first();
  }

  private void click(String selector) {
    first(selector).click();
  }

  private void filter(String status) {
    click("label:has([value=" + status + "])");
  }

  private void search(String text) {
    first("[type=search]").fill(text);
  }

  private String text(String selector) {
    return first(selector).textContent();
  }

  private Object outline(String selector) {
    return first(selector).evaluate("part => getComputedStyle(part).outlineStyle");
  }

  private int top(String selector) {
    return (int) first(selector).boundingBox().y;
  }

  /** The names of the cards that are not filtered out. */
  private List<String> shown() {
    return page.locator("article:visible h2").allTextContents();
  }

  /** Duration, width and height of a video, once they are known. */
  private List<Integer> video(String selector) {
    String video = "document.querySelector('" + selector + "')";
    awaitTrue(video + "?.readyState >= 1");
    return numbers("(v => [v.duration, v.videoWidth, v.videoHeight])(" + video + ")");
  }

  /** Until it is true, maybe after the page was reloaded. */
  private void awaitTrue(String condition) {
    page.waitForFunction("() => " + condition);
  }

  private List<Integer> numbers(String expression) {
    return ((List<?>) page.evaluate(expression))
        .stream().map(number -> ((Number) number).intValue()).toList();
  }

  /** How long the page's main thread has worked. */
  private static double mainThreadSeconds(CDPSession devTools) {
    return devTools.send("Performance.getMetrics").getAsJsonArray("metrics").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(metric -> metric.get("name").getAsString().equals("TaskDuration"))
        .mapToDouble(metric -> metric.get("value").getAsDouble())
        .sum();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
