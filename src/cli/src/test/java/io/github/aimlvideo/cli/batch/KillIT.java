package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.aimlvideo.testing.MockServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is killed again and again has a video and one create for each row. */
class KillIT {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final int ROWS = THOROUGH ? 100 : 20;
  private static final int KILLS = THOROUGH ? 20 : 5; // the library has a test with 200
  private static final MockServer MOCK = MockServer.start();
  private static final Path JAR = Path.of("target/aiml-video.jar").toAbsolutePath();
  private static final Path VIDEO = Path.of("../../mock/sample.mp4");

  private final Random random = new Random(7);
  @TempDir private Path folder;

  @Test
  void killsLoseNothingAndBuyNothingTwice() throws Exception {
    manifest("one.csv", 1);
    manifest("m.csv", ROWS);
    makeArchive();
    int before = creates();

    double longest = 400;
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      if (killAfter((long) (random.nextDouble() * longest))) hits++;
      boolean fast = videos() * KILLS > kill * ROWS * 3 / 4; // rows must be left at the end
      longest = fast ? longest * 0.7 : Math.min(longest * 1.3, 2000);
    }
    assertThat(hits).as("kills of a running batch").isGreaterThan(KILLS / 2);
    Process last = start();
    assertThat(last.waitFor(4, TimeUnit.MINUTES)).isTrue();

    assertThat(last.exitValue()).as(err()).isZero();
    assertThat(creates() - before).isEqualTo(ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(folder.resolve("out/r" + i + ".mp4")).hasSameBinaryContentAs(VIDEO);
    }
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files)
          .as("videos, database with its journal and lock, results and page")
          .hasSize(ROWS + 5);
    }
  }

  private void manifest(String name, int rows) throws IOException {
    Path image = Path.of("../../mock/sample.jpg").toAbsolutePath();
    StringBuilder text = new StringBuilder("name,image_url,prompt\n");
    for (int i = 0; i < rows; i++) text.append("r" + i + "," + image + ",prompt " + i + "\n");
    Files.writeString(folder.resolve(name), text);
  }

  /** With an archive of classes, a start takes a third of the time. */
  private void makeArchive() throws Exception {
    String archive = "-XX:ArchiveClassesAtExit=" + folder.resolve("cds");
    assertThat(java(archive, "batch", "one.csv", "--out", "one").waitFor()).as(err()).isZero();
  }

  /** Kills the batch so long after its start; false if it had ended before. */
  private boolean killAfter(long millis) throws Exception {
    Process run = start();
    while (!err().contains(" rows, ") && !run.waitFor(5, TimeUnit.MILLISECONDS)) {}
    boolean ended = run.waitFor(millis, TimeUnit.MILLISECONDS);
    run.destroyForcibly().waitFor();
    return !ended;
  }

  private Process start() throws IOException {
    return java("-XX:SharedArchiveFile=" + folder.resolve("cds"), "batch", "m.csv", "--out", "out");
  }

  private Process java(String option, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", option));
    command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--base-url", MOCK.url(), "--interval", "100ms", "--concurrency", "3"));
    command.addAll(List.of("--recovery-timeout", "0s", "--resubmit-unknown"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("AIML_API_KEY", "any");
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private long videos() throws IOException {
    try (var files = Files.list(folder.resolve("out"))) {
      return files.filter(file -> file.toString().endsWith(".mp4")).count();
    }
  }

  /** The creates that the mock has accepted. */
  private static int creates() throws Exception {
    HttpRequest logs =
        HttpRequest.newBuilder(URI.create(MOCK.url() + "/v2/logs?limit=1"))
            .header("Authorization", "Bearer any")
            .build();
    String body =
        HttpClient.newHttpClient().send(logs, HttpResponse.BodyHandlers.ofString()).body();
    return JsonParser.parseString(body)
        .getAsJsonObject()
        .getAsJsonObject("pagination")
        .get("total")
        .getAsInt();
  }
}
