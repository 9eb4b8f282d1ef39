package io.github.aimlvideo.cli.batch.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLockTest {
  private static final Path FOLDER = Path.of("out");

  @ParameterizedTest
  @ValueSource(
      strings = {"No locks available", "Function not implemented", "Operation not supported"})
  void fileSystemWithoutLocksIsRefused(String reason) {
    assertThatThrownBy(() -> JournalLock.lock(FOLDER, () -> fail(new IOException(reason))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--out: out is on a file system without locks (" + reason + ")")
        .hasMessageEndingWith("; choose another");
  }

  @Test
  void lockOfAnotherBatchIsNamed() {
    String message = "another batch is running in out; wait for it or stop it";

    assertThatThrownBy(() -> JournalLock.lock(FOLDER, () -> null))
        .isInstanceOf(JournalLock.LockedException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                JournalLock.lock(
                    FOLDER,
                    () -> {
                      throw new OverlappingFileLockException();
                    }))
        .isInstanceOf(JournalLock.LockedException.class)
        .hasMessage(message);
  }

  private static FileLock fail(IOException e) throws IOException {
    throw e;
  }
}
