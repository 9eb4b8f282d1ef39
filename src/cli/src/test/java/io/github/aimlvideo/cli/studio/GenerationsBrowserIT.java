package io.github.aimlvideo.cli.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.cli.fixture.BrowserFixture;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of generations that did not go well, and what its buttons then buy. */
class GenerationsBrowserIT {
  @RegisterExtension private static final BrowserFixture browser = new BrowserFixture();

  @TempDir private Path temp;
  private Studio studio;
  private String image;
  private Page page;

  @BeforeEach
  void start() {
    studio = new Studio(temp.resolve("studio"));
    studio.api.catalog.setPrice("0.28");
    image = studio.upload("fox.png", Studio.png(400, 300));
  }

  @AfterEach
  void close() {
    studio.close();
  }

  private void generate(String name, String prompt) {
    assertThat(studio.generate(name, Studio.request(image, prompt)).statusCode()).isEqualTo(202);
  }

  private Locator card(String name) {
    return page.locator("[data-generation='" + name + "'] button");
  }

  private Locator action(String text) {
    return page.locator("#player .actions button", new Page.LocatorOptions().setHasText(text));
  }

  @Test
  void buttonBuysItsOwnGenerationAtThePriceItNames() {
    generate("fox-1", "fails");
    studio.await("fox-1", "FAILED");
    studio.api.before = prompt -> FakeApi.problem(402, "no credits");
    generate("fox-2", "runs");
    studio.awaitRefused("fox-2");
    studio.api.before = prompt -> null;
    page = browser.page();
    StudioPage.open(page, studio.url());
    assertThat(page.locator("#stopped")).containsText("no credits");
    assertThat(card("fox-2")).containsText("Not sent yet");

    card("fox-1").click();
    assertThat(action("Retry")).hasText("Retry for $0.28");
    action("Retry").click();
    page.waitForCondition(() -> studio.api.accepted.size() == 2);
    assertThat(page.locator("#stopped")).isHidden();
    card("fox-2").click();
    assertThat(action("Send")).hasText("Send for $0.28");
    assertThat(studio.api.accepted).containsExactly("fails", "fails");
    action("Send").click();

    assertThat(card("fox-2")).containsText("Ready");
    assertThat(studio.api.accepted).containsExactly("fails", "fails", "runs");
    refuse("{\"message\": \"the studio is shutting down\", \"sent\": false}");
    assertThat(page.locator("#run-message")).hasText("The studio is shutting down.");
    assertThat(page.locator("#generate")).isEnabled();
  }

  /** Presses Generate, which the studio refuses. */
  private void refuse(String body) {
    action("Use again").click();
    assertThat(page.locator("#generate:enabled")).hasText("Generate for $0.28");
    page.route(
        "**/generations",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody(body)));
    page.locator("#generate").click();
  }

  @Test
  void lostCreateIsNotOfferedAgainWhileItIsSearchedFor() {
    CountDownLatch searched = new CountDownLatch(1);
    studio.api.beforeLogs = () -> GenerationsTest.await(searched);
    generate("fox-1", "lost");
    page = browser.page();
    StudioPage.open(page, studio.url());

    card("fox-1").click();

    assertThat(card("fox-1")).containsText("Searching the vendor’s logs");
    assertThat(page.locator("#player .reason")).containsText("The response was lost.");
    assertThat(action("again …")).hasCount(0);
    searched.countDown();
    assertThat(card("fox-1")).containsText("Ready");
    assertThat(studio.api.creates).hasValue(1);
  }
}
