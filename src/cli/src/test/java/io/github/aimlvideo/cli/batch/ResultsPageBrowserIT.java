package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, from disk; skipped without a browser, unless CI is set. */
class ResultsPageBrowserIT {
  private static final String ODD_NAME = "Brücke & Mühle #7, 50%? it's <grün>";

  private static final String EACH_IMAGE = "Promise.all([...document.images].filter(i => i.src)";

  @TempDir private static Path profile;
  private static BrowserTab browser;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    browser = BrowserTab.start(profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
  }

  @BeforeEach
  void samples() throws Exception {
    browser.emulate(1280, 900, false, false);
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
    assertThat(browser.requests()).allMatch(url -> url.matches("(file|data):.*"));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String attack = "</video></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    RowResult row = RowResults.failed(attack, "javascript:alert(1)", attack, attack);

    open(List.of(row, row));
    click(".reasons a");
    click(".media");

    for (String part : List.of("article h2", "article p", ".reason", ".reasons a", ".text p")) {
      assertThat(text(part)).isEqualTo(attack);
    }
    assertThat(browser.value("document.querySelector('.media').ariaLabel").getAsString())
        .isEqualTo("Show " + attack);
    assertThat(numbers("[document.scripts.length, document.images.length, document.links.length]"))
        .containsExactly(1, 3, 4);
    assertThat(text("output")).isEmpty();
  }

  @Test
  void injectedScriptDoesNotRun() throws Exception {
    open(List.of(completed(ODD_NAME)));

    browser.value(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))");

    assertThat(browser.value("typeof ran").getAsString()).isEqualTo("undefined");
  }

  @Test
  void rowsAreFilteredByStatusAndText() throws Exception {
    open(
        List.of(
            completed(ODD_NAME),
            completed("two"),
            RowResults.failed("three", null, "A boat.", "flagged"),
            RowResults.failed("four", null, "Brücke", "Flagged")));

    click("[value=failed]");
    assertThat(shown()).containsExactly("three", "four");
    assertThat(text("output")).isEqualTo("2 shown");
    search("bruck  FLAG");
    assertThat(shown()).containsExactly("four");
    assertThat(text("output")).isEqualTo("1 shown");
    click("[value=completed]");
    assertThat(shown()).isEmpty();
    assertThat(text("output")).isEqualTo("0 shown");
    click(".reasons a");
    assertThat(shown()).containsExactly("three", "four");
  }

  @Test
  void keyboardReachesFilterAndRows() throws Exception {
    open(List.of(completed("one"), RowResults.failed("two", null, "A boat.", "flagged")));

    browser.press("Tab");
    assertThat(browser.value("document.activeElement.value").getAsString()).isEqualTo("all");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    assertThat(shown()).containsExactly("two");
    assertThat(outline("label:has(:checked)")).isEqualTo("solid");
    browser.press("Tab");
    assertThat(browser.value("document.activeElement.ariaLabel").getAsString()).isEqualTo("Text");
    browser.press("Tab");
    assertThat(outline("#two .media")).isEqualTo("solid");
  }

  @Test
  void dialogStepsThroughTheRowsThatAreShown() throws Exception {
    open(List.of(completed("one"), RowResults.bare("two", "unsent"), completed("three")));
    click("[value=completed]");

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
    browser.open(page());
    search("fox");
    browser.value("document.querySelector('#fox-227').scrollIntoView()");
    int place = top("#fox-227");

    RowResult failed = RowResults.failed("fox", null, "A fox.", "a reason that two rows share");
    write(Stream.concat(rows.stream(), Stream.of(failed, failed)).toList(), false);
    awaitTrue("!document.querySelector('.live') && document.readyState === 'complete'");

    assertThat(browser.value("document.querySelector('[type=search]').value").getAsString())
        .isEqualTo("fox");
    assertThat(shown()).hasSize(62).contains("fox 297", "fox");
    assertThat(top("#fox-227")).isBetween(place - 1, place + 1);
  }

  @Test
  void videoThatIsOpenIsNotInterrupted() throws Exception {
    write(List.of(completed("one")), true);
    browser.open(page());
    browser.value("window.old = true");
    click(".media");

    awaitTrue("performance.now() > 6000");
    assertThat(browser.value("old && document.querySelector('dialog').open").getAsBoolean())
        .isTrue();

    click("dialog [value='0']");
    awaitTrue("!window.old");
  }

  @Test
  void pausedPageDoesNotReload() throws Exception {
    write(List.of(completed("one")), true);
    browser.open(page());
    browser.value("window.old = true");
    click(".live button");

    awaitTrue("performance.now() > 6000");

    assertThat(browser.value("old").getAsBoolean()).isTrue();
    assertThat(text(".live button")).isEqualTo("Resume updates");
  }

  @Test
  void imageThatCannotBeLoadedGivesWayToTheVideo() throws Exception {
    open(
        List.of(
            RowResults.completed("moon", "https://videos.invalid/moon.jpg", ODD_NAME + ".mp4"),
            RowResults.failed("sun", "https://videos.invalid/sun.jpg", "A boat.", "flagged")));

    awaitTrue("document.images[0].hidden && document.images[1].hidden");

    assertThat(browser.value("document.images[0].alt").getAsString()).isEqualTo("Image for moon");
    assertThat(video("#moon video")).containsExactly(5, 640, 400);
    click("#sun .media");
    assertThat(browser.value("document.querySelector('.about a').href").getAsString())
        .isEqualTo("https://videos.invalid/sun.jpg");
  }

  @Test
  void cardsFitTheScreenAndImagesKeepTheirShape() throws Exception {
    browser.emulate(1440, 900, false, false);
    open(IntStream.range(0, 20).mapToObj(i -> completed("video " + i)).toList());

    assertThat(
            numbers(
                "[[...document.querySelectorAll('article')]"
                    + ".filter(card => card.getBoundingClientRect().bottom <= innerHeight).length]"))
        .containsExactly(12);
    assertThat(browser.value("getComputedStyle(document.images[0]).objectFit").getAsString())
        .isEqualTo("contain");
  }

  @Test
  void nothingOverflowsOnPhone() throws Exception {
    String word = "Donaudampfschifffahrt".repeat(30);
    browser.emulate(360, 740, true, false);

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
    assertThat(browser.value(background).getAsString()).isEqualTo("rgb(247, 245, 242)");

    browser.emulate(1280, 900, false, true);

    assertThat(browser.value(background).getAsString()).isEqualTo("rgb(19, 18, 17)");
  }

  @Test
  void tenThousandRowsOpenQuicklyAndLoadWhatIsVisible() throws Exception {
    for (int i = 0; i < 1000; i++)
      Files.createLink(folder.resolve(i + ".jpg"), folder.resolve(ODD_NAME + ".jpg"));

    open(
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    RowResults.completed(
                        "video " + i, folder + "/" + i % 1000 + ".jpg", ODD_NAME + ".mp4"))
            .toList());

    assertThat(browser.cpuSeconds()).isLessThan(3);
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
    browser.open(page());
  }

  private void write(List<RowResult> rows, boolean running) throws Exception {
    BatchFiles.replace(
        folder.resolve(ResultsPage.FILE),
        out -> ResultsPage.write(out, folder, "Videos", rows, running));
  }

  private String page() {
    return folder.resolve(ResultsPage.FILE).toUri().toString();
  }

  private static void click(String selector) {
    browser.value("document.querySelector(\"" + selector + "\").click()");
  }

  private static void search(String text) {
    browser.value(
        "(field => { field.value = '%s'; field.dispatchEvent(new Event('input')) })".formatted(text)
            + "(document.querySelector('[type=search]'))");
  }

  private static String text(String selector) {
    return browser.value("document.querySelector('" + selector + "').textContent").getAsString();
  }

  private static String outline(String selector) {
    return browser
        .value("getComputedStyle(document.querySelector('" + selector + "')).outlineStyle")
        .getAsString();
  }

  private static int top(String selector) {
    String top = "document.querySelector('" + selector + "').getBoundingClientRect().top";
    return browser.value(top).getAsInt();
  }

  /** The names of the cards that are not filtered out. */
  private static List<String> shown() {
    String names =
        "[...document.querySelectorAll('article')].filter(card => card.getClientRects().length)"
            + ".map(card => card.querySelector('h2').textContent)";
    return elements(names).map(JsonElement::getAsString).toList();
  }

  /** Duration, width and height of a video, once they are known. */
  private static List<Integer> video(String selector) {
    String video = "document.querySelector('" + selector + "')";
    awaitTrue(video + "?.readyState >= 1");
    return numbers("(v => [v.duration, v.videoWidth, v.videoHeight])(" + video + ")");
  }

  /** Until it is true, maybe in another page. */
  private static void awaitTrue(String condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!isTrue(condition)) {
      if (System.nanoTime() > end) throw new AssertionError("never: " + condition);
    }
  }

  private static boolean isTrue(String condition) {
    try {
      return browser
          .value("new Promise(done => setTimeout(() => done(!!(" + condition + ")), 50))")
          .getAsBoolean();
    } catch (AssertionError e) {
      return false; // the page reloads
    }
  }

  private static List<Integer> numbers(String expression) {
    return elements(expression).map(JsonElement::getAsInt).toList();
  }

  private static Stream<JsonElement> elements(String expression) {
    return StreamSupport.stream(browser.value(expression).getAsJsonArray().spliterator(), false);
  }
}
