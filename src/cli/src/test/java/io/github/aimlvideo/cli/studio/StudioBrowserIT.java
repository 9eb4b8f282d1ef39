package io.github.aimlvideo.cli.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.BrowserFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The studio as a person uses it: the program, a real browser and the mock. */
class StudioBrowserIT {
  private static final Path SCREENSHOTS = Path.of("target/studio");
  private static final String PROMPT = "The boat leaves.";
  private static final String TAIL = "https://image.invalid/tail.png";

  @RegisterExtension private static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @RegisterExtension private static final BrowserFixture browser = new BrowserFixture();

  @TempDir private Path folder;
  private final List<ForkedJvm> studios = new ArrayList<>();
  private StudioPage studio;

  @BeforeEach
  void image() throws IOException {
    Files.copy(Path.of("../../mock/sample.jpg"), folder.resolve("boat.jpg"));
  }

  @AfterEach
  void end() {
    studios.forEach(ForkedJvm::close);
  }

  @Test
  void fromADroppedImageToItsVideo() throws IOException {
    open(BrowserFixture.screen(1280, 900), start());
    studio.drop(folder.resolve("boat.jpg"));
    studio.layer("static");
    studio.drag(0.1, 0.9, 0.9, 0.9);
    studio.layer("1");
    studio.drag(0.45, 0.5, 0.55, 0.5);
    studio.tool("trajectory");
    studio.drag(0.5, 0.5, 0.875, 0.25);
    studio.prompt("The boat leaves the harbour.");
    assertThat(studio.button()).hasText("Generate for $0.28");

    studio.button().click();

    studio.awaitState("boat-1", "saved");
    studio.awaitPlaying();
    JsonObject sent = JsonParser.parseString(entry("boat-1", "request.json")).getAsJsonObject();
    JsonObject mask = sent.getAsJsonArray("dynamic_masks").get(0).getAsJsonObject();
    JsonObject last =
        mask.getAsJsonArray("trajectories")
            .asList()
            .get(mask.getAsJsonArray("trajectories").size() - 1)
            .getAsJsonObject();
    assertThat(last.get("x").getAsInt()).isBetween(555, 565); // of 640
    assertThat(last.get("y").getAsInt()).isBetween(295, 305); // of 400, from the bottom
    BufferedImage still = image("boat-1", sent.get("static_mask").getAsString());
    assertThat(List.of(still.getWidth(), still.getHeight())).containsExactly(640, 400);
    assertThat(List.of(still.getRGB(320, 360), still.getRGB(320, 200)))
        .containsExactly(-1, 0xff000000);
    BufferedImage moving = image("boat-1", mask.get("mask").getAsString());
    assertThat(List.of(moving.getRGB(320, 200), moving.getRGB(320, 360)))
        .containsExactly(-1, 0xff000000);
    assertThat(mock.creates()).hasSize(1);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith(studio.url()) || url.startsWith("blob:"));
  }

  @Test
  void keyboardAloneIsEnough() {
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    studio.tabTo("[data-stage]");
    studio.press(
        "2", "b", "Space", "t", "Space", "Shift+ArrowRight", "Shift+ArrowRight", "Space", "Enter");
    studio.tabTo("[data-field=prompt] textarea");
    studio.type("The boat leaves.");
    assertThat(studio.button()).isEnabled();

    studio.tabTo("#generate");
    studio.press("Enter");

    studio.awaitState("boat-1", "saved");
    JsonObject sent = JsonParser.parseString(entry("boat-1", "request.json")).getAsJsonObject();
    assertThat(sent.getAsJsonArray("dynamic_masks")).hasSize(1);
    assertThat(
            sent.getAsJsonArray("dynamic_masks")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("trajectories"))
        .hasSize(2);
  }

  @Test
  void undoAndRedoGoThroughAllSteps() {
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    for (int i = 1; i <= 6; i++) {
      studio.layer("" + i);
      studio.drag(0.1 * i, 0.2, 0.1 * i, 0.3);
    }
    assertThat(studio.painted()).hasCount(6);

    for (int i = 0; i < 6; i++) studio.press("Control+z");
    assertThat(studio.painted()).hasCount(0);
    for (int i = 0; i < 6; i++) studio.press("Control+Shift+z");

    assertThat(studio.painted()).hasCount(6);
  }

  @Test
  void fingerPaintsOnANarrowScreen() {
    open(BrowserFixture.screen(400, 800).setHasTouch(true).setIsMobile(true), start("boat.jpg"));
    studio.layer("1");

    studio.touch(0.4, 0.5, 0.6, 0.5);

    assertThat(studio.painted()).hasCount(1);
    assertThat(studio.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(400);
  }

  @Test
  void cameraMovesTheFrameAndExcludesMasks() {
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    studio.drag(0.4, 0.5, 0.6, 0.5);
    studio.camera("simple");

    studio.axis("pan", "-5");

    studio.page().waitForFunction("() => document.getAnimations().length > 0");
    assertThat(studio.page().locator("#json")).containsText("\"pan\": -5");
    assertThat(studio.page().locator("#panel")).containsText("Kling does not combine");
  }

  /** The check of an earlier text must not enable the button for it. */
  @Test
  void buttonBuysWhatTheFormShows() {
    List<Route> checks = new ArrayList<>();
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    assertThat(studio.button()).isEnabled();
    studio.page().route("**/check", checks::add);
    studio.prompt("The old text.");
    studio.page().waitForCondition(() -> checks.size() == 1);

    studio.clickWhenEnabled();
    studio.prompt("The new text.");
    studio.page().unroute("**/check");
    resume(checks.get(0));

    studio.awaitState("boat-1", "saved");
    assertThat(mock.creates())
        .extracting(create -> create.body().get("prompt").getAsString())
        .containsExactly("The new text.");
  }

  private static void resume(Route route) {
    try {
      route.resume();
    } catch (PlaywrightException e) {
      // the page has aborted the request
    }
  }

  @Test
  void everyTabShowsTheSameGenerations() {
    mock.nextGeneration(GenerationScript.completed().queued(Duration.ofSeconds(1)));
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    StudioPage other = studio.newTab();

    studio.button().click();
    other.awaitState("boat-1", "saved");
    studio.awaitState("boat-1", "saved");
    assertThat(other.button()).isEnabled();
    other.button().click();

    studio.awaitState("boat-2", "saved");
    assertThat(mock.creates()).hasSize(2);
  }

  @Test
  void reloadedPageHasItsRequestAndBuysItOnce() {
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    studio.layer("2");
    paint();
    String json = studio.json().textContent();
    Locator also = studio.page().locator("#lost");

    studio.page().route("**/generations", StudioBrowserIT::loseResponse);
    studio.button().click();
    assertThat(also).containsText("Unknown whether boat-1 has started. Press");
    studio.page().unroute("**/generations");
    studio.page().reload();
    assertThat(studio.painted()).hasCount(1);
    assertThat(studio.json()).hasText(json);
    assertThat(studio.asksBeforeItCloses()).isTrue();
    studio.prompt("The boat sinks.");
    assertThat(also).containsText("boat-1 has started, with another request than this one");
    studio.prompt(PROMPT);
    assertThat(also).containsText("Unknown");
    studio.button().click();

    studio.awaitState("boat-1", "saved");
    assertThat(also).not().containsText("boat-1");
    assertThat(mock.creates()).hasSize(1);
    assertThat(studio.asksBeforeItCloses()).isFalse();
  }

  /** A mask, its trajectory and a prompt. */
  private void paint() {
    studio.drag(0.4, 0.5, 0.6, 0.5);
    studio.tool("trajectory");
    studio.drag(0.5, 0.5, 0.7, 0.5);
    studio.prompt(PROMPT);
    assertThat(studio.json()).containsText("dynamic_masks");
    assertThat(studio.json()).containsText(PROMPT);
    assertThat(studio.button()).isEnabled();
  }

  @Test
  void imageThatIsStillLoadingIsNotLeftOut() {
    List<Route> loads = new ArrayList<>();
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    assertThat(studio.button()).isEnabled();
    studio.page().route("**/images?url=*", loads::add);
    studio.page().locator("#tail-image-url").click();
    studio.page().keyboard().insertText(TAIL);

    studio.button().click();
    studio.page().waitForCondition(() -> loads.size() == 1);
    assertThat(studio.page().locator("#generate")).isDisabled();
    refuse(loads.get(0));
    studio.button().click();

    studio.awaitState("boat-1", "saved");
    assertThat(mock.creates())
        .extracting(create -> create.body().get("tail_image_url").getAsString())
        .containsExactly(TAIL);
  }

  /** As it does with an image that it cannot load; the request keeps the URL. */
  private static void refuse(Route route) {
    route.fulfill(
        new Route.FulfillOptions().setStatus(400).setBody("{\"message\": \"no such image\"}"));
  }

  @Test
  void openedRequestIsBoughtAsItIsOrThePageSaysWhatChanges() {
    List<Route> loads = new ArrayList<>();
    String heic = "data:image/heic;base64,AAAAGGZ0eXBoZWlj";
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    assertThat(studio.button()).isEnabled();
    studio.page().route("**/images?url=*", loads::add);
    studio.clickWhenEnabled();

    studio.openRequest(
        """
        {"model": "%s", "image_url": "%s", "tail_image_url": "%s",
         "camera_control": {"type": "down_back", "config": {"pan": 5}}}"""
            .formatted(Studio.MODEL, heic, TAIL));
    studio.page().waitForCondition(() -> loads.size() == 1);
    refuse(loads.get(0));

    studio.awaitState("video-1", "saved");
    assertThat(studio.notice())
        .containsText("camera_control {\"type\":\"down_back\",\"config\":{\"pan\":5}} became");
    assertThat(mock.creates())
        .extracting(
            create -> create.body().get("image_url").getAsString(),
            create -> create.body().get("tail_image_url").getAsString())
        .containsExactly(tuple(heic, TAIL));
  }

  @Test
  void otherImageHasNoMasksOfTheOneBefore() throws IOException {
    Path broken = folder.resolve("broken.png");
    Files.write(broken, Arrays.copyOf(Studio.png(640, 400), 40)); // the header
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    paint();
    String json = studio.json().textContent();
    Locator bringBack = studio.notice().getByText("Bring back");

    studio.drop(broken);
    assertThat(studio.page().locator("#unseen")).isVisible();
    assertThat(studio.json()).containsText("broken.png");
    assertThat(studio.json()).not().containsText("dynamic_masks");
    bringBack.click();
    assertThat(studio.json()).hasText(json);
    studio.page().locator("[data-field=image_url]").getByText("Remove").click();
    assertThat(studio.page().locator("#start")).isVisible();
    bringBack.click();

    assertThat(studio.painted()).hasCount(1);
    assertThat(studio.json()).hasText(json);
    assertThat(studio.asksBeforeItCloses()).isTrue();
  }

  @Test
  void requestThatCannotBeLoadedReplacesNothing() {
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    paint();
    String json = studio.json().textContent();

    studio.page().route("**/images?url=*", StudioBrowserIT::refuse);
    studio.openRequest(
        "{\"model\": \"%s\", \"image_url\": \"%s\", \"static_mask\": \"%s\"}"
            .formatted(Studio.MODEL, TAIL, TAIL));
    assertThat(studio.notice()).containsText("No such image.");
    assertThat(studio.painted()).hasCount(1);
    assertThat(studio.json()).hasText(json);
    studio.page().route("**/images/*", Route::abort);
    studio.page().reload();
    assertThat(studio.notice()).containsText("dynamic_masks is left out");
    assertThat(studio.json()).containsText(PROMPT);
    studio.page().unroute("**/images/*");
    studio.page().reload();

    assertThat(studio.painted()).hasCount(1);
    assertThat(studio.json()).hasText(json);
  }

  private static void loseResponse(Route route) {
    route.fetch();
    route.abort();
  }

  @Test
  void generationSurvivesAKilledStudio() {
    mock.nextGeneration(GenerationScript.completed().queued(Duration.ofSeconds(3)));
    String url = start("boat.jpg");
    open(BrowserFixture.screen(1280, 900), url);
    studio.button().click();
    studio.awaitState("boat-1", "running");

    studios.get(0).signal("KILL");
    assertThat(studio.page().locator("#connection")).containsText("The studio has ended");
    open(BrowserFixture.screen(1280, 900), start());

    studio.awaitState("boat-1", "saved");
    assertThat(mock.creates()).hasSize(1);
  }

  @Test
  void endSaysWhatRunsAndThePageKeepsWhatWasPainted() {
    mock.nextGeneration(GenerationScript.completed().queued(Duration.ofHours(1)));
    open(BrowserFixture.screen(1280, 900), start("boat.jpg"));
    studio.drag(0.4, 0.5, 0.6, 0.5);
    studio.press("Control+z"); // without a trajectory it would not be sent
    studio.button().click();
    studio.awaitState("boat-1", "running");
    studio.drag(0.4, 0.5, 0.6, 0.5);

    studios.get(0).signal("TERM");

    assertThat(studios.get(0).exitCode()).isEqualTo(143);
    assertThat(studios.get(0).err()).contains("boat-1", "aiml-video studio");
    assertThat(studio.page().locator("#connection")).containsText("The studio has ended");
    assertThat(studio.painted()).hasCount(1);
  }

  @Test
  void otherSitesAndNamesAreRefused() {
    String url = start("boat.jpg");
    Page page = browser.page();

    Response byName = page.navigate(url.replace("127.0.0.1", "evil.localhost"));
    assertThat(byName.status()).isEqualTo(403);
    page.navigate(mock.baseUrl() + "/mock/creates");
    Object status =
        page.evaluate(
            "url => fetch(url, {method: 'POST', body: '{}'}).then(r => r.status, e => 0)",
            url + "check");

    assertThat(status).isEqualTo(0); // without CORS the page cannot even see the refusal
    APIResponse forged =
        page.request()
            .post(
                url + "check",
                RequestOptions.create().setHeader("Origin", "http://evil.localhost"));
    assertThat(forged.status()).isEqualTo(403);
  }

  @Test
  void fortyMegapixelsArePaintedSmoothly() throws IOException {
    BufferedImage large = new BufferedImage(7744, 5164, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < large.getHeight(); y += 4)
      large.setRGB(0, y, large.getWidth(), 1, shades(large.getWidth(), y), 0, 0);
    ImageIO.write(large, "jpg", folder.resolve("large.jpg").toFile());
    open(BrowserFixture.screen(1280, 900), start("large.jpg"));

    double frames = studio.framesPerSecondWhile(() -> studio.drag(0.1, 0.1, 0.9, 0.9));
    studio.tool("trajectory");
    studio.drag(0.5, 0.5, 0.7, 0.5);
    studio.button().click();

    studio.awaitState("large-1", "saved");
    JsonObject sent = JsonParser.parseString(entry("large-1", "request.json")).getAsJsonObject();
    BufferedImage mask =
        image(
            "large-1",
            sent.getAsJsonArray("dynamic_masks")
                .get(0)
                .getAsJsonObject()
                .get("mask")
                .getAsString());
    assertThat(List.of(mask.getWidth(), mask.getHeight())).containsExactly(7744, 5164);
    assertThat(mask.getRGB(3872, 2582)).isEqualTo(-1);
    Files.createDirectories(SCREENSHOTS);
    Files.writeString(
        SCREENSHOTS.resolve("painting.txt"),
        "%.0f frames a second at 40 megapixels%n".formatted(frames));
  }

  private static int[] shades(int width, int y) {
    int[] row = new int[width];
    for (int x = 0; x < width; x++) row[x] = (x >> 5 & 255) << 8 | y >> 5 & 255;
    return row;
  }

  @Test
  void screenshotsOfTheStudio() {
    String url = start("boat.jpg");
    screenshot("light", url, BrowserFixture.screen(1440, 1000));
    screenshot("dark", url, BrowserFixture.screen(1440, 1000).setColorScheme(ColorScheme.DARK));
    screenshot("narrow", url, BrowserFixture.screen(400, 900).setHasTouch(true));
    screenshot("4k", url, BrowserFixture.screen(3840, 2160));
    assertThat(browser.console()).isEmpty();
  }

  private void screenshot(String name, String url, Browser.NewContextOptions options) {
    open(options, url);
    studio.layer("static");
    studio.drag(0.05, 0.93, 0.95, 0.93);
    studio.layer("1");
    studio.drag(0.215, 0.6, 0.26, 0.58);
    studio.tool("trajectory");
    studio.drag(0.24, 0.6, 0.85, 0.62);
    studio.prompt("The boat leaves the harbour.");
    assertThat(studio.button()).hasText("Generate for $0.28");
    studio.screenshot(SCREENSHOTS.resolve(name + ".png"));
    assertThat(SCREENSHOTS.resolve(name + ".png")).isNotEmptyFile();
  }

  /** Starts the program, and returns the address that it prints. */
  private String start(String... image) {
    List<String> arguments = new ArrayList<>(List.of("studio"));
    arguments.addAll(List.of(image));
    arguments.addAll(List.of("--port", "0", "--base-url", mock.baseUrl(), "--interval", "100ms"));
    ForkedJvm started =
        ForkedJvm.start(
            folder, mock.apiKey(), List.of(), Main.class, arguments.toArray(String[]::new));
    studios.add(started);
    started.awaitText("/\n");
    return started.out().strip();
  }

  private void open(Browser.NewContextOptions options, String url) {
    studio = StudioPage.open(browser.page(options), url);
  }

  private String entry(String generation, String name) {
    return new String(bytes(generation, name), StandardCharsets.UTF_8);
  }

  private BufferedImage image(String generation, String name) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(generation, name)));
  }

  private byte[] bytes(String generation, String name) {
    Path archive = folder.resolve("studio").resolve(generation + ".zip");
    try (ZipFile zip = new ZipFile(archive.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
