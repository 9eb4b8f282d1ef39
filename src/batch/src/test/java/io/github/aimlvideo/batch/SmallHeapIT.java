package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.fixture.BatchProcess;
import io.github.aimlvideo.batch.fixture.BatchProcess.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither memory nor threads grow with the rows or with those in flight. */
@Timeout(300)
class SmallHeapIT {
  private static final int ROWS = Boolean.getBoolean("thorough") ? 1000 : 100;
  private static final int IN_FLIGHT = ROWS / 2;

  /** Of the batch, of its client and of the virtual machine. */
  private static final int MAX_THREADS = 80;

  private final FakeApi api = new FakeApi();
  @TempDir private Path temporary;

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void manyRowsFitIntoASmallHeap() throws Exception {
    Path folder = temporary.resolve("out");
    api.polls = Integer.MAX_VALUE; // until all that may run at once do
    List<String> options = List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"));
    Process run = BatchProcess.start(options, folder, api.url(), ROWS, IN_FLIGHT, Point.NOWHERE, 0);
    int threads = 0;
    while (api.accepted.size() < IN_FLIGHT && !run.waitFor(50, TimeUnit.MILLISECONDS)) {
      threads = Math.max(threads, threads(run));
    }
    assertThat(api.accepted).as(output(folder)).hasSize(IN_FLIGHT);
    api.polls = 2;
    while (!run.waitFor(50, TimeUnit.MILLISECONDS)) threads = Math.max(threads, threads(run));

    assertThat(run.exitValue()).as(output(folder)).isZero();
    assertThat(api.accepted).hasSize(ROWS);
    assertThat(api.maxInFlight).hasValueLessThanOrEqualTo(IN_FLIGHT);
    assertThat(threads).isLessThan(MAX_THREADS);
  }

  /** The number of threads now; 0 if it is unknown. */
  private static int threads(Process process) {
    String[] threads = Path.of("/proc/" + process.pid() + "/task").toFile().list();
    return threads == null ? 0 : threads.length;
  }

  private static String output(Path folder) throws IOException {
    return Files.readString(BatchProcess.output(folder));
  }
}
