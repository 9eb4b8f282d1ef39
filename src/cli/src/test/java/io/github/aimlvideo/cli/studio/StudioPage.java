package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** The page of the studio, by what a person does; places are fractions of the image. */
final class StudioPage {
  /** So many moves between two places, as a hand makes. */
  private static final int MOVES = 30;

  private final Page page;
  private final String url;

  private StudioPage(Page page, String url) {
    this.page = page;
    this.url = url;
  }

  /** Opens it and waits until it responds. */
  static StudioPage open(Page page, String url) {
    page.navigate(url);
    page.locator("#form [data-field]").first().waitFor();
    return new StudioPage(page, url);
  }

  /** Another tab of the same browser. */
  StudioPage newTab() {
    return open(page.context().newPage(), url);
  }

  Page page() {
    return page;
  }

  String url() {
    return url;
  }

  /** Drops a file onto the page. */
  void drop(Path file) throws IOException {
    JSHandle transfer =
        page.evaluateHandle(
            "async ([name, base64]) => {"
                + " const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
                + " const transfer = new DataTransfer();"
                + " transfer.items.add(new File([bytes], name, {type: 'image/jpeg'}));"
                + " return transfer; }",
            new Object[] {
              file.getFileName().toString(),
              Base64.getEncoder().encodeToString(Files.readAllBytes(file))
            });
    for (String event : new String[] {"dragenter", "dragover", "drop"}) {
      page.locator("#work").dispatchEvent(event, Map.of("dataTransfer", transfer));
    }
  }

  /** Opens a request.json. */
  void openRequest(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    page.setInputFiles("#import-input", new FilePayload("request.json", "application/json", bytes));
  }

  void layer(String layer) {
    page.locator("[data-layer='" + layer + "']").click();
  }

  void tool(String tool) {
    page.locator("[data-tool='" + tool + "']:is(button)").click();
  }

  /** The masks with paint. */
  Locator painted() {
    return page.locator("[data-layer][data-painted]");
  }

  void drag(double fromX, double fromY, double toX, double toY) {
    BoundingBox image = image();
    Mouse mouse = page.mouse();
    mouse.move(image.x + fromX * image.width, image.y + fromY * image.height);
    mouse.down();
    mouse.move(
        image.x + toX * image.width,
        image.y + toY * image.height,
        new Mouse.MoveOptions().setSteps(MOVES));
    mouse.up();
  }

  void touch(double fromX, double fromY, double toX, double toY) {
    CDPSession session = page.context().newCDPSession(page);
    BoundingBox image = image();
    touch(session, "touchStart", image, fromX, fromY);
    for (int i = 1; i <= MOVES; i++) {
      double part = (double) i / MOVES;
      touch(
          session, "touchMove", image, fromX + part * (toX - fromX), fromY + part * (toY - fromY));
    }
    session.send("Input.dispatchTouchEvent", json("{'type': 'touchEnd', 'touchPoints': []}"));
  }

  private static void touch(
      CDPSession session, String type, BoundingBox image, double x, double y) {
    String text = "{'type': '%s', 'touchPoints': [{'x': %s, 'y': %s}]}";
    session.send(
        "Input.dispatchTouchEvent",
        json(text.formatted(type, image.x + x * image.width, image.y + y * image.height)));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private BoundingBox image() {
    Locator canvas = page.locator("[data-stage] canvas").first();
    canvas.waitFor();
    canvas.scrollIntoViewIfNeeded();
    return canvas.boundingBox();
  }

  void prompt(String text) {
    page.locator("[data-field=prompt] textarea").fill(text);
  }

  void camera(String type) {
    page.locator("[data-camera='" + type + "']").click();
  }

  void axis(String name, String amount) {
    Locator slider = page.locator("[data-axis='" + name + "'] input[type=range]");
    slider.fill(amount);
  }

  /** Goes on with Tab until the element has the focus. */
  void tabTo(String selector) {
    for (int i = 0; i < 200; i++) {
      page.keyboard().press("Tab");
      if ((boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) return;
    }
    throw new AssertionError("Tab does not reach " + selector);
  }

  void press(String... keys) {
    for (String key : keys) page.keyboard().press(key);
  }

  void type(String text) {
    page.keyboard().type(text);
  }

  /** The button that generates. */
  Locator button() {
    return page.locator("#generate:enabled");
  }

  Locator notice() {
    return page.locator("#notice");
  }

  /** The request as JSON. */
  Locator json() {
    return page.locator("#json");
  }

  /** Clicks it in the moment in which it becomes enabled. */
  void clickWhenEnabled() {
    page.evaluate(
        "() => { const button = document.querySelector('#generate');"
            + " const observer = new MutationObserver(() => {"
            + " if (!button.disabled) { observer.disconnect(); button.click(); } });"
            + " observer.observe(button, {attributes: true}); }");
  }

  /** Whether the browser asks before it closes the page. */
  boolean asksBeforeItCloses() {
    String event = "new Event('beforeunload', {cancelable: true})";
    return (boolean) page.evaluate("() => !dispatchEvent(" + event + ")");
  }

  /** Waits until a generation is in a state. */
  void awaitState(String generation, String state) {
    page.locator("[data-generation='" + generation + "']." + state).waitFor();
  }

  /** Waits until the video of the player moves. */
  void awaitPlaying() {
    page.waitForFunction("() => document.querySelector('#player video')?.currentTime > 0");
  }

  int number(String expression) {
    return ((Number) page.evaluate(expression)).intValue();
  }

  /** How many frames a second the page shows meanwhile. */
  double framesPerSecondWhile(Runnable action) {
    page.evaluate(
        "window.frames_ = []; requestAnimationFrame(function next(time) {"
            + " frames_.push(time); if (window.frames_) requestAnimationFrame(next); })");
    action.run();
    return ((Number)
            page.evaluate(
                "(() => { const f = frames_; return (f.length - 1) / (f.at(-1) - f[0]) * 1000; })()"))
        .doubleValue();
  }

  void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
