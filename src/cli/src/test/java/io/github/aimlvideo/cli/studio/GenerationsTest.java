package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.cli.fixture.TestFolder;
import io.github.aimlvideo.cli.studio.Studio.Events;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generations are bought once, whatever a page repeats and whatever ends. */
class GenerationsTest {
  @TempDir private Path temp;
  private Studio studio;
  private FakeApi api;
  private String image;

  @BeforeEach
  void start() {
    studio = new Studio(temp.resolve("studio"));
    api = studio.api;
    image = studio.upload("fox.png", Studio.png(400, 300));
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void generationIsSavedAndServed() {
    HttpResponse<byte[]> response = generate("fox-1", "runs");

    assertThat(response.statusCode()).as(Studio.text(response)).isEqualTo(202);
    assertThat(Studio.json(response).get("name").getAsString()).isEqualTo("fox-1");
    JsonObject saved = studio.await("fox-1", "SAVED");
    assertThat(saved.get("id").getAsString()).isEqualTo("id-1");
    assertThat(saved.get("model").getAsString()).isEqualTo(Studio.MODEL);
    assertThat(saved.get("cost").getAsString()).isEqualTo("$0.00005");
    assertThat(saved.get("hasRequest").getAsBoolean()).isTrue();
    assertThat(saved.get("hasVideo").getAsBoolean()).isTrue();
    assertThat(saved.get("endedAt").getAsLong())
        .isGreaterThanOrEqualTo(saved.get("sentAt").getAsLong());
    assertThat(saved.has("reason")).isFalse();
    assertThat(saved.has("status")).isFalse();
    assertThat(Studio.text(studio.get("generations/fox-1/video"))).isEqualTo("video");
    assertThat(studio.folder.resolve("fox-1.mp4")).hasContent("video");
    assertThat(studio.get("generations/fox-1/image").body()).isEqualTo(Studio.png(400, 300));
    JsonObject request = Studio.json(studio.get("generations/fox-1/request"));
    assertThat(request.getAsJsonObject("request").get("prompt").getAsString()).isEqualTo("runs");
    assertThat(studio.get("generations/fox-1/video?download").headers().map().toString())
        .contains("attachment; filename*=UTF-8''fox-1.mp4");
  }

  @Test
  void samePostTwiceIsOneCreate() {
    generate("fox-1", "runs");
    studio.await("fox-1", "SAVED");

    assertThat(generate("fox-1", "runs").statusCode()).isEqualTo(202);

    generate("fox-2", "flies");
    studio.await("fox-2", "SAVED");
    assertThat(api.accepted).containsExactly("runs", "flies");
  }

  @Test
  void priceThatIsNoLongerTrueBuysNothing() {
    api.catalog.setPrice("0.30");
    JsonObject body = new JsonObject();
    body.addProperty("name", "fox-1");
    body.add("request", JsonParser.parseString(Studio.request(image, "runs")));

    body.addProperty("price", "$0.28");
    assertThat(Studio.message(studio.post("generations", body.toString()), 409))
        .isEqualTo("the price has changed: $0.30 instead of $0.28; nothing was sent");
    assertThat(api.creates).hasValue(0);
    body.addProperty("price", "$0.30");
    HttpResponse<byte[]> first = studio.post("generations", body.toString());
    body.addProperty("price", "$0.28"); // it is there already
    HttpResponse<byte[]> second = studio.post("generations", body.toString());

    assertThat(Studio.json(first).get("isNew").getAsBoolean()).isTrue();
    assertThat(Studio.json(second).get("isNew").getAsBoolean()).isFalse();
    studio.await("fox-1", "SAVED");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void samePostManyTimesAtOnceIsOneCreate() {
    CyclicBarrier barrier = new CyclicBarrier(8);
    List<CompletableFuture<HttpResponse<byte[]>>> responses =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            barrier.await();
                          } catch (Exception e) {
                            throw new AssertionError(e);
                          }
                          return generate("fox-1", "runs");
                        },
                        work -> new Thread(work).start()))
            .toList();

    assertThat(responses).allMatch(response -> response.join().statusCode() == 202);
    studio.await("fox-1", "SAVED");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void samePostAfterARestartIsOneCreate() {
    generate("fox-1", "hangs");
    studio.await("fox-1", "RUNNING");

    studio.restart();
    image = studio.upload("other-name.png", Studio.png(400, 300));
    assertThat(generate("fox-1", "hangs").statusCode()).isEqualTo(202);

    api.hangs = false;
    studio.await("fox-1", "SAVED");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void otherRequestUnderTheNameIsRefused() {
    generate("fox-1", "runs");

    HttpResponse<byte[]> other = generate("fox-1", "flies");
    HttpResponse<byte[]> otherCase = generate("FOX-1", "flies");
    image = studio.upload("fox.png", Studio.png(401, 300));
    HttpResponse<byte[]> otherImage = generate("fox-1", "runs");

    for (HttpResponse<byte[]> response : List.of(other, otherImage)) {
      assertThat(Studio.message(response, 409))
          .isEqualTo("fox-1: another request has this name; choose another name");
      assertThat(Studio.json(response).get("nextName").getAsString()).isEqualTo("fox-2");
    }
    assertThat(otherCase.statusCode()).isEqualTo(409);
    studio.await("fox-1", "SAVED");
    assertThat(api.accepted).containsExactly("runs");
  }

  @Test
  void rowsOfAnEarlierTimeAreResumedByTheStart() {
    generate("fox-1", "hangs");
    studio.await("fox-1", "RUNNING");

    studio.stop();
    api.hangs = false;
    studio.start();

    studio.await("fox-1", "SAVED");
    assertThat(api.creates).hasValue(1);
    assertThat(studio.get("generations/fox-1/image").body()).isEqualTo(Studio.png(400, 300));
  }

  @Test
  void postAfterACrashBetweenArchiveAndRowStillWorks() throws IOException {
    Files.createDirectories(studio.folder);
    String body = "{'name':'fox-1','request':" + Studio.request(image, "runs") + "}";
    Files.write(studio.folder.resolve("fox-1.zip"), studio.post("archive", body).body());

    assertThat(generate("fox-1", "runs").statusCode()).isEqualTo(202);

    studio.await("fox-1", "SAVED");
  }

  @Test
  void fileOfTheUserIsNeverOverwritten() throws IOException {
    Files.createDirectories(studio.folder);
    Files.writeString(studio.folder.resolve("fox-1.zip"), "mine");
    Files.writeString(studio.folder.resolve("fox-2.mp4"), "mine");

    HttpResponse<byte[]> archive = generate("fox-1", "runs");
    HttpResponse<byte[]> video = generate("fox-2", "runs");

    assertThat(Studio.message(archive, 409))
        .isEqualTo(
            studio.folder.resolve("fox-1.zip") + " has another request; choose another name");
    assertThat(Studio.json(archive).get("nextName").getAsString()).isEqualTo("fox-3");
    assertThat(Studio.message(video, 409)).contains("a file that is not from this batch");
    assertThat(studio.folder.resolve("fox-1.zip")).hasContent("mine");
    assertThat(studio.folder.resolve("fox-2.mp4")).hasContent("mine");
    assertThat(studio.folder.resolve("fox-2.zip")).doesNotExist();
    assertThat(api.creates).hasValue(0);
  }

  @Test
  void invalidRequestIsNotSentAndLeavesNothing() {
    HttpResponse<byte[]> response =
        studio.generate("fox-1", "{'model':'" + Studio.MODEL + "','duration':7}");

    assertThat(Studio.message(response, 400)).contains("image_url is missing", "duration = 7");
    assertThat(Studio.message(generate("../fox", "runs"), 400)).startsWith("the name must be");
    assertThat(studio.folder.resolve("fox-1.zip")).doesNotExist();
    assertThat(temp.resolve("fox.zip")).doesNotExist();
    assertThat(api.creates).hasValue(0);
  }

  @Test
  void failedGenerationIsCreatedAgainOnDemandOnly() {
    generate("fox-1", "fails");
    JsonObject failed = studio.await("fox-1", "FAILED");
    assertThat(failed.get("reason").getAsString()).contains("the image is <unsafe>");
    assertThat(generate("fox-1", "fails").statusCode()).isEqualTo(202);
    assertThat(api.creates).hasValue(1);

    assertThat(studio.post("generations/fox-1/retry?attempts=1", "").statusCode()).isEqualTo(202);
    try (Events events = studio.events()) {
      events.await(
          row -> row.get("state").getAsString().equals("FAILED") && api.creates.get() == 2);
    }
    // the same button in another tab, or pressed twice
    assertThat(Studio.message(studio.post("generations/fox-1/retry?attempts=1", ""), 409))
        .isEqualTo("fox-1 was created again meanwhile; reload the page");
    assertThat(Studio.message(studio.post("generations/fox-1/retry", ""), 400))
        .isEqualTo("attempts is missing, or not a number");
    assertThat(api.creates).hasValue(2);
    assertThat(Studio.message(studio.post("generations/fox-1/resubmit?attempts=2", ""), 409))
        .isEqualTo("fox-1 has a known outcome; reload the page");
    assertThat(Studio.message(studio.post("generations/owl-1/retry?attempts=1", ""), 409))
        .isEqualTo("owl-1 has not failed; reload the page");
    assertThat(Studio.message(studio.post("generations/fox-1/resume", ""), 409))
        .isEqualTo("fox-1 is under way or has ended; reload the page");
  }

  @Test
  void generationThatWasGivenUpIsResumedOnDemand() throws IOException {
    generate("fox-1", "hangs");
    studio.await("fox-1", "RUNNING");
    Path video = Files.writeString(studio.folder.resolve("fox-1.mp4"), "mine");
    api.hangs = false;
    try (Events events = studio.events()) {
      JsonObject row = events.await(it -> it.has("suspended"));
      assertThat(row.get("reason").getAsString()).endsWith("not from this batch; move it away");
      assertThat(row.get("hasVideo").getAsBoolean()).isFalse();
    }
    assertThat(video).hasContent("mine");
    assertThat(studio.get("generations/fox-1/video").statusCode()).isEqualTo(404);
    Files.delete(video);

    assertThat(studio.post("generations/fox-1/retry?attempts=1", "").statusCode()).isEqualTo(409);
    assertThat(studio.post("generations/fox-1/resume", "").statusCode()).isEqualTo(202);

    studio.await("fox-1", "SAVED");
    assertThat(video).hasContent("video");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void unknownOutcomeIsNotRepeatedButOnDemand() {
    studio.stop();
    studio.recoveryTimeout = Duration.ZERO;
    studio.start();
    generate("fox-1", "vanished");
    studio.await("fox-1", "UNKNOWN");
    assertThat(generate("fox-1", "vanished").statusCode()).isEqualTo(202);
    assertThat(studio.post("generations/fox-1/retry?attempts=1", "").statusCode()).isEqualTo(409);
    CountDownLatch logs = new CountDownLatch(1);
    api.beforeLogs = () -> await(logs);
    studio.restart();
    try (Events events = studio.events()) {
      events.await(row -> row.has("searching"));
      assertThat(Studio.message(studio.post("generations/fox-1/resubmit?attempts=1", ""), 409))
          .isEqualTo("the vendor's logs are being searched for fox-1; wait for the result");
      logs.countDown();
      events.await(row -> !row.has("searching"));
    }
    assertThat(api.creates).hasValue(1);
    api.lost = prompt -> false;

    assertThat(studio.post("generations/fox-1/resubmit?attempts=1", "").statusCode())
        .isEqualTo(202);

    studio.await("fox-1", "SAVED");
    assertThat(studio.post("generations/fox-1/resubmit?attempts=1", "").statusCode())
        .isEqualTo(409);
    assertThat(api.creates).hasValue(2);
  }

  @Test
  void refusedKeyStopsUntilTheNextPost() {
    api.before = prompt -> FakeApi.problem(401, "invalid key");
    generate("fox-1", "runs");
    String stopped;
    try (Events events = studio.events()) {
      JsonObject state = events.next();
      while (!state.has("stopped")) state = events.next();
      stopped = state.get("stopped").getAsString();
    }
    assertThat(stopped).contains("invalid key", "check AIML_API_KEY").hasLineCount(1);
    api.before = prompt -> null;

    assertThat(generate("fox-1", "runs").statusCode()).isEqualTo(202);

    studio.await("fox-1", "SAVED");
    assertThat(api.accepted).containsExactly("runs");
    try (Events events = studio.events()) {
      assertThat(events.next().has("stopped")).isFalse();
    }
  }

  @Test
  void unsentGenerationIsForgottenOnDemand() {
    api.before = prompt -> FakeApi.problem(401, "invalid key");
    generate("fox-1", "runs");
    studio.awaitRefused("fox-1");
    api.before = prompt -> null;

    assertThat(studio.post("generations/fox-1/remove", "{}").statusCode()).isEqualTo(202);
    generate("fox-2", "flies");

    studio.await("fox-2", "SAVED");
    assertThat(api.accepted).containsExactly("flies");
    assertThat(studio.post("generations/fox-2/remove", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void lostCreateIsSearchedFor() {
    generate("fox-1", "vanished");

    try (Events events = studio.events()) {
      JsonObject row = events.await(it -> it.has("searching"));
      assertThat(row.get("state").getAsString()).isEqualTo("CREATING");
    }
  }

  /** Each press buys what its button names, at the price that it shows. */
  @Test
  void refusedGenerationIsSentByItsOwnPressOnly() throws IOException {
    api.catalog.setPrice("0.28");
    generate("fox-2", "fails");
    studio.await("fox-2", "FAILED");
    api.before = prompt -> FakeApi.problem(402, "no credits");
    generate("fox-1", "runs");
    studio.awaitRefused("fox-1");
    api.before = prompt -> null;

    assertThat(studio.post("generations/fox-2/retry?attempts=1&price=$0.28", "").statusCode())
        .isEqualTo(202);
    generate("fox-3", "flies");
    studio.await("fox-3", "SAVED");
    studio.restart();
    generate("fox-4", "swims");
    studio.await("fox-4", "SAVED");
    assertThat(api.accepted).containsExactly("fails", "fails", "flies", "swims");

    JsonObject quote = Studio.json(studio.get("generations/fox-1/quote"));
    assertThat(quote.get("text").getAsString()).isEqualTo("$0.28");
    String retry = "generations/fox-1/retry?attempts=1&price=";
    assertThat(Studio.message(studio.post(retry + "$0.27", ""), 409))
        .isEqualTo("the price has changed: $0.28 instead of $0.27; nothing was sent");
    assertThat(studio.post(retry + "$0.28", "").statusCode()).isEqualTo(202);
    studio.await("fox-1", "SAVED");
    assertThat(api.creates).hasValue(6);
  }

  @Test
  void unsentGenerationWithoutItsRequestStopsNoOther() throws IOException {
    api.before = prompt -> prompt.equals("runs") ? FakeApi.problem(401, "invalid key") : null;
    generate("fox-1", "runs");
    studio.awaitRefused("fox-1");
    Files.delete(studio.folder.resolve("fox-1.zip"));

    assertThat(generate("fox-2", "flies").statusCode()).isEqualTo(202);

    studio.await("fox-2", "SAVED");
    JsonObject quote = Studio.json(studio.get("generations/fox-1/quote"));
    assertThat(quote.get("text").getAsString()).isEqualTo("price unknown");
    assertThat(api.creates).hasValue(2);
  }

  /** The folder is gone when the response comes. */
  @Test
  void idThatCannotBeRecordedIsShown() {
    api.before =
        prompt -> {
          TestFolder.delete(studio.folder);
          return null;
        };

    generate("fox-1", "runs");

    try (Events events = studio.events()) {
      JsonObject state = events.next();
      while (!state.has("warning")) state = events.next();
      assertThat(state.get("warning").getAsString())
          .startsWith("cannot record row fox-1, generation id-1: ");
      assertThat(events.await(row -> row.has("id")).get("id").getAsString()).isEqualTo("id-1");
    }
    assertThat(studio.terminal).first().isEqualTo("fox-1: generation id-1");
    assertThat(studio.terminal).anyMatch(line -> line.startsWith("warning: cannot record"));
  }

  @Test
  void damagedDatabaseIsToldAndBuysNothing() throws IOException {
    generate("fox-1", "hangs");
    studio.await("fox-1", "RUNNING");

    Files.writeString(studio.folder.resolve("batch.db"), "mine".repeat(2000));

    try (Events events = studio.events()) {
      JsonObject state = events.next();
      while (!state.toString().contains("restart the studio")) state = events.next();
      assertThat(state.get("stopped").getAsString()).contains("damaged").hasLineCount(1);
      assertThat(state.getAsJsonArray("generations")).hasSize(1);
    }
    String check = "{'name':'fox','request':" + Studio.request(image, "runs") + "}";
    assertThat(Studio.json(studio.post("check", check)).get("nextName").getAsString())
        .isEqualTo("fox-2");
    HttpResponse<byte[]> response = generate("fox-2", "runs");
    assertThat(Studio.message(response, 500)).endsWith("; then restart the studio");
    assertThat(Studio.json(response).get("sent").getAsBoolean()).isFalse();
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void secondStudioOnTheFolderSendsNothing() {
    try (Studio other = new Studio(studio.folder)) {
      generate("fox-1", "runs");

      HttpResponse<byte[]> response =
          other.generate(
              "fox-2", Studio.request(other.upload("fox.png", Studio.png(400, 300)), "runs"));

      assertThat(Studio.message(response, 500)).contains("another batch is running in");
      assertThat(Studio.json(response).get("sent").getAsBoolean()).isFalse();
      assertThat(other.api.creates).hasValue(0);
    }
  }

  /** Its response would be lost with a client that a refused key ends, or a row that is resumed. */
  @Test
  void createInFlightOutlivesANewStart() throws Exception {
    generate("fox-0", "hangs");
    studio.await("fox-0", "RUNNING");
    Path video = Files.writeString(studio.folder.resolve("fox-0.mp4"), "mine");
    api.hangs = false;
    try (Events events = studio.events()) {
      events.await(row -> row.has("suspended"));
    }
    Files.delete(video);
    CountDownLatch refused = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    api.before =
        prompt -> {
          if (prompt.equals("flies")) return FakeApi.problem(401, "invalid key");
          sent.countDown();
          await(refused);
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3)); // a slow server
          return null;
        };
    generate("fox-1", "runs");
    await(sent);
    generate("fox-2", "flies");
    try (Events events = studio.events()) {
      while (!events.next().has("stopped")) {}
    }

    refused.countDown();
    assertThat(studio.post("generations/fox-0/resume", "").statusCode()).isEqualTo(202);
    generate("fox-3", "rests");

    studio.await("fox-0", "SAVED");
    studio.await("fox-1", "SAVED");
    assertThat(api.logRequests).isEmpty();
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void expectedTimeIsTheMedianOfTheModel() {
    generate("fox-1", "runs");
    studio.await("fox-1", "SAVED");

    generate("fox-2", "hangs");

    JsonObject running = studio.await("fox-2", "RUNNING");
    assertThat(running.get("expectedSeconds").getAsLong()).isBetween(0L, 60L);
  }

  @Test
  void withoutAKeyAllButGeneratingWorks() {
    generate("fox-1", "hangs");
    studio.await("fox-1", "RUNNING");
    studio.stop();
    studio.hasKey = false;
    studio.start();

    assertThat(Studio.json(studio.get("state")).get("hasKey").getAsBoolean()).isFalse();
    for (String path : List.of("retry", "resubmit")) {
      assertThat(studio.post("generations/fox-1/" + path + "?attempts=1", "").statusCode())
          .isEqualTo(403);
    }
    assertThat(Studio.message(generate("fox-2", "runs"), 403))
        .isEqualTo("no API key; set AIML_API_KEY and start the studio again");
    studio.await("fox-1", "RUNNING");
    String quote = "{'request':" + Studio.request(image, "runs") + "}";
    assertThat(Studio.json(studio.post("quote", quote)).has("balance")).isFalse();
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void unsentRowsOfABatchAreNotBought() {
    studio.stop();
    try (VideoClient client = VideoClient.builder().apiKey("a").baseUrl(api.url()).build();
        VideoBatch batch =
            VideoBatch.inFolder(studio.folder).client(client).server(api.url()).build()) {
      batch.add("owl", new UntypedVideoRequest("a/b"));
    }

    studio.start();
    generate("fox-1", "runs");

    studio.await("fox-1", "SAVED");
    assertThat(studio.await("owl", "NEW").has("unsent")).isTrue();
    assertThat(api.accepted).containsExactly("runs");
  }

  @Test
  void keyIsInNoResponse() {
    api.before = prompt -> prompt.equals("echo") ? FakeApi.problem(400, "no " + Studio.KEY) : null;
    generate("fox-1", "echo");
    studio.await("fox-1", "FAILED");
    for (String path :
        List.of("", "state", "forms.json", "generations/fox-1/request", "generations/fox-1/x")) {
      studio.get(path);
    }
    for (String path : List.of("check", "quote", "archive", "generations")) {
      studio.post(path, "{'name':'a','request':" + Studio.request(image, "b") + "}");
    }
    try (Events events = studio.events()) {
      studio.responses.add(events.next().toString());
    }

    assertThat(studio.responses)
        .hasSizeGreaterThan(10)
        .allMatch(response -> !response.contains(Studio.KEY));
  }

  private HttpResponse<byte[]> generate(String name, String prompt) {
    return studio.generate(name, Studio.request(image, prompt));
  }
}
