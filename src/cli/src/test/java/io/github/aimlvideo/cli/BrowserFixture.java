package io.github.aimlvideo.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium or Chrome of this machine, started once for a test class. Without one, or without
 * Node 20 to drive it, the class is skipped; if CI is set, it fails.
 *
 * <p>Pages are closed after each test. Not thread-safe: for the thread that runs the test.
 */
public final class BrowserFixture
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final List<String> console = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;

  /** Options of a light page of that size in CSS pixels. */
  public static Browser.NewContextOptions screen(int width, int height) {
    return new Browser.NewContextOptions().setViewportSize(width, height);
  }

  /** A new page of 1280 by 900. */
  public Page page() {
    return page(screen(1280, 900));
  }

  /** A new page that shares no storage with others; its context makes further tabs that do. */
  public Page page(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(TimeUnit.MINUTES.toMillis(2));
    context.onConsoleMessage(
        entry -> console.add(entry.type() + ": " + entry.text() + " at " + entry.location()));
    context.onWebError(exception -> console.add(exception.error()));
    context.onRequest(request -> requests.add(request.url()));
    return context.newPage();
  }

  /** The entries of the console and uncaught exceptions of all pages of this test. */
  public List<String> console() {
    awaitEvents();
    return List.copyOf(console);
  }

  /** The URLs that all pages of this test requested, data URLs excepted. */
  public List<String> requests() {
    awaitEvents();
    return List.copyOf(requests);
  }

  /** Events arrive during calls, in their order; unlike evaluate, this call survives navigation. */
  private void awaitEvents() {
    for (BrowserContext context : browser.contexts()) {
      context.pages().forEach(page -> page.waitForFunction("() => true"));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path program =
        chromium().orElseGet(() -> missing("Chromium or Chrome on the PATH, nor in CHROME"));
    Path node = node();
    System.setProperty("playwright.driver.tmpdir", Temporary.FOLDER);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "TMPDIR",
                        Temporary.FOLDER)));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setChromiumSandbox(false) // not available in containers and to root
                    .setArgs(List.of("--disable-gpu"))
                    .setIgnoreDefaultArgs(List.of("--hide-scrollbars")));
  }

  /** Node 20 or later; without it, the test is skipped, or fails if CI is set. */
  public static Path node() {
    return onPath("node", BrowserFixture::isNode20).orElseGet(() -> missing("Node 20 on the PATH"));
  }

  private static Optional<Path> chromium() {
    String given = System.getenv("CHROME");
    if (given != null && !given.isBlank()) return Optional.of(Path.of(given));
    return Stream.of("google-chrome", "chromium", "chromium-browser")
        .flatMap(name -> onPath(name, program -> true).stream())
        .findFirst();
  }

  private static Optional<Path> onPath(String name, Predicate<Path> condition) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .filter(condition)
        .findFirst();
  }

  private static boolean isNode20(Path node) {
    String script = "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)";
    try {
      return new ProcessBuilder(node.toString(), "-e", script).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Path missing(String what) {
    String message = "PAGE NOT TESTED: no " + what;
    System.out.println(message);
    if (System.getenv("CI") != null) throw new AssertionError(message);
    return abort(message);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    browser.contexts().forEach(BrowserContext::close);
    console.clear();
    requests.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) playwright.close();
  }

  /** Playwright unpacks its driver once in a JVM, and keeps the first environment for all. */
  private static final class Temporary {
    static final String FOLDER = make();

    private static String make() {
      Path folder = TestFolder.make("browser");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> TestFolder.delete(folder)));
      return folder.toString();
    }
  }
}
