package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.github.aimlvideo.cli.batch.page.RowResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, from disk; skipped without a browser, unless CI is set. */
@Timeout(60)
class ResultsPageBrowserIT {
  private static final String ODD_NAME = "Brücke & Mühle #7, 50%? it's <grün>";

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
  void onlyImageAndVideoAreLoaded() throws Exception {
    open(List.of(completed(ODD_NAME), RowResults.completed("text", null, ODD_NAME + ".mp4")));

    assertThat(
            numbers("Promise.all([...document.images].map(i => i.decode().then(() => i.width)))"))
        .hasSize(2)
        .allMatch(width -> width > 400);
    assertThat(numbers("Promise.all([...document.images].map(i => i.naturalWidth))"))
        .containsOnly(640);
    assertThat(numbers(ofEachVideo("v.readyState >= 2, v.duration, v.videoWidth, v.videoHeight")))
        .containsExactly(1, 5, 640, 400, 1, 5, 640, 400);
    assertThat(browser.requests()).allMatch(url -> url.matches("(file|data):.*"));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String attack = "</video></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    RowResult row = RowResults.failed(attack, "javascript:alert(1)", attack, attack);

    open(List.of(row));

    assertThat(browser.value("document.querySelector('h2').textContent").getAsString())
        .isEqualTo(attack);
    assertThat(browser.value("document.querySelector('.prompt').textContent").getAsString())
        .isEqualTo(attack);
    assertThat(numbers("[document.scripts.length, document.images.length, document.links.length]"))
        .containsExactly(0, 1, 3);
    assertThat(browser.value("getComputedStyle(document.body).maxWidth").getAsString())
        .isEqualTo("1216px");
  }

  @Test
  void injectedScriptDoesNotRun() throws Exception {
    open(List.of(completed(ODD_NAME)));

    browser.value(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))");

    assertThat(browser.value("typeof ran").getAsString()).isEqualTo("undefined");
  }

  @Test
  void linkOfAFailureLeadsToItsRow() throws Exception {
    RowResult failed = RowResults.failed(ODD_NAME, null, "A boat.", "flagged");
    open(List.of(completed("one"), completed("two"), failed));

    browser.value("document.querySelector('details a').click()");

    assertThat(browser.value("document.querySelector(':target h2').textContent").getAsString())
        .isEqualTo(ODD_NAME);
  }

  @Test
  void imageThatCannotBeLoadedHasAText() throws Exception {
    open(
        List.of(
            RowResults.completed("moon", "https://videos.invalid/moon.jpg", ODD_NAME + ".mp4")));

    browser.value("Promise.allSettled([...document.images].map(i => i.decode()))");

    assertThat(browser.value("document.images[0].alt").getAsString()).isEqualTo("Image for moon");
    assertThat(browser.value("document.querySelector('figcaption a').href").getAsString())
        .isEqualTo("https://videos.invalid/moon.jpg");
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
    String parts = "[...document.querySelectorAll('h1, h2, p, li, .frame, figcaption, dl')]";
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
  void thousandRowsOpenQuicklyAndLoadWhatIsVisible() throws Exception {
    for (int i = 0; i < 1000; i++)
      Files.createLink(folder.resolve(i + ".jpg"), folder.resolve(ODD_NAME + ".jpg"));

    open(
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    RowResults.completed(
                        "video " + i, folder + "/" + i + ".jpg", ODD_NAME + ".mp4"))
            .toList());

    assertThat(numbers("[performance.timing.loadEventEnd - performance.timing.navigationStart]"))
        .allMatch(millis -> millis < 10_000);
    assertThat(browser.requests().stream().filter(url -> url.endsWith(".jpg")))
        .hasSizeBetween(1, 50);
    assertThat(browser.requests()).noneMatch(url -> url.endsWith(".mp4"));
    assertThat(browser.console()).isEmpty();
  }

  private RowResult completed(String name) {
    return RowResults.completed(
        name, folder.resolve(ODD_NAME + ".jpg").toString(), ODD_NAME + ".mp4");
  }

  private void open(List<RowResult> rows) throws Exception {
    RowResults.writePage(folder, "Videos", rows);
    browser.open(folder.resolve("index.html").toUri().toString());
  }

  private static String ofEachVideo(String values) {
    return "Promise.all([...document.querySelectorAll('video')].map(v => new Promise((done, no) => {"
        + "v.onloadeddata = () => done(["
        + values
        + "].map(Number)); v.onerror = no;"
        + "v.preload = 'auto'; v.load() }))).then(all => all.flat())";
  }

  private static List<Integer> numbers(String expression) {
    return StreamSupport.stream(browser.value(expression).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsInt)
        .toList();
  }
}
