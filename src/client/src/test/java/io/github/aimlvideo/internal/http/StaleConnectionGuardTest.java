package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers close idle connections: a create must not be written to one that is about to end. */
class StaleConnectionGuardTest {
  private ServerSocket listening;
  private Socket socket;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
    server = listening.accept();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    socket.close();
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1900, false", "2100, true"})
  void openConnectionIsStaleAfterTwoSeconds(long idleMillis, boolean stale) throws IOException {
    assertThat(isStale(idleMillis)).isEqualTo(stale);
  }

  @Test
  void endedConnectionIsStaleAfterAPause() throws IOException {
    server.close();

    assertThat(isStale(100)).isTrue();
  }

  @Test
  void probeKeepsTheTimeoutOfTheConnection() throws IOException {
    socket.setSoTimeout(1234);

    isStale(100);

    assertThat(socket.getSoTimeout()).isEqualTo(1234);
  }

  private boolean isStale(long idleMillis) throws IOException {
    return StaleConnectionGuard.isStale(socket, Duration.ofMillis(idleMillis).toNanos());
  }
}
