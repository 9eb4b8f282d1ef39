package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderLockTest {
  @TempDir private Path folder;

  private static void assertRefused(Reason reason, String message, ThrowingCallable lock) {
    assertThatThrownBy(lock)
        .isInstanceOfSatisfying(BatchException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No locks available", "Function not implemented"})
  void fileSystemWithoutLocksIsRefused(String text) {
    FolderLock.Attempt attempt =
        () -> {
          throw new IOException(text);
        };

    assertRefused(Reason.UNUSABLE, "without locks", () -> FolderLock.lock(folder, attempt));
  }

  @Test
  void lockOfAnotherProcessIsNamed() {
    FolderLock.Attempt attempt =
        () -> {
          throw new OverlappingFileLockException();
        };

    assertRefused(Reason.IN_USE, folder.toString(), () -> FolderLock.lock(folder, () -> null));
    assertRefused(Reason.IN_USE, folder.toString(), () -> FolderLock.lock(folder, attempt));
  }

  @Test
  void closedLockIsFree() {
    FolderLock.lock(folder).close();

    try (FolderLock lock = FolderLock.lock(folder)) {
      assertThat(lock.isProofOfOneProcess()).isTrue();
      assertRefused(Reason.IN_USE, "another batch", () -> FolderLock.lock(folder));
    }
  }

  @Test
  void newLockDoesNotProveThatOthersHaveEnded() {
    try (FolderLock lock = FolderLock.lock(folder)) {
      assertThat(lock.isProofOfOneProcess()).isFalse();
    }
  }

  @Test
  void deletedLockIsMadeAgain() throws IOException {
    try (FolderLock lock = FolderLock.lock(folder)) {
      Files.delete(folder.resolve(FolderLock.FILE));
      lock.renew();

      assertRefused(Reason.IN_USE, "another batch", () -> FolderLock.lock(folder));
    }
    FolderLock.lock(folder).close();
  }

  @Test
  void deletedLockThatAnotherHasTakenStops() throws IOException {
    try (FolderLock lock = FolderLock.lock(folder)) {
      Files.delete(folder.resolve(FolderLock.FILE));
      try (FolderLock other = FolderLock.lock(folder)) {
        assertThat(other.isProofOfOneProcess()).isFalse();
        assertRefused(Reason.IN_USE, "another batch", lock::renew);
      }
    }
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertRefused(Reason.FAILED, "file is not a folder", () -> FolderLock.lock(file));
    assertRefused(Reason.FAILED, "cannot write", () -> FolderLock.lock(file.resolve("below")));
  }
}
