package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.fixture.TerminalSession;
import java.io.IOException;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows are in columns for a person, and have tabs for a program. */
@Timeout(60)
class RowsOnTerminalTest {
  private static final String CATALOG =
      """
      {"data": [{"id": "kling-video/v1/standard/image-to-video", "info": {"developer": "Kling AI"},
        "type": "internal/video-generations/submit", "pricing": {"kind": "variable"}}]}
      """;
  private static final String LOGS =
      """
      {"data": [{"status": "succeeded", "model": "kling-video/v1/standard/image-to-video",
        "cost": {"usd": 0.28, "credits": 560000}, "inference_id": "nJ8Xcj0YCh8jZL1noqiZH",
        "client_request_id": "0b8a2c1e-6a53-4b0a-9d4f-0f2a8f7f3c11"}],
       "pagination": {"has_more": false}}
      """;

  private final MockWebServer server = new MockWebServer();
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private TerminalSession session(String body, String run, String command) {
    for (int i = 0; i < 2; i++) server.enqueue(new MockResponse.Builder().body(body).build());
    String url = server.url("/").toString();
    return TerminalSession.start(folder, 80, "TERM=xterm", run, command, "--base-url", url);
  }

  @Test
  void modelsAreInColumnsOnATerminalAlone() throws Exception {
    try (TerminalSession terminal = session(CATALOG, "job && job >rows", "models")) {
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen())
          .containsExactly(
              "NAME                                    MAKER     PRICE    CLASS",
              "kling-video/v1/standard/image-to-video  Kling AI  unknown  yes");
      assertThat(folder.resolve("rows"))
          .hasContent("kling-video/v1/standard/image-to-video\tKling AI\tunknown\tyes\n");
      assertThat(terminal.isAsBefore()).isTrue();
    }
  }

  @Test
  void generationsFitTheTerminal() throws Exception {
    try (TerminalSession terminal = session(LOGS, "job 2>errors", "list")) {
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen())
          .containsExactly(
              "TIME  ID                     STATUS     COST",
              "  MODEL                                   CLIENT REQUEST ID",
              "      nJ8Xcj0YCh8jZL1noqiZH  succeeded  $0.28",
              "  kling-video/v1/standard/image-to-video  0b8a2c1e-6a53-4b0a-9d4f-0f2a8f7f3c11");
    }
  }
}
