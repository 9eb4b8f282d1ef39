package io.github.aimlvideo.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TargetFileTest {
  private static final byte[] VIDEO = new byte[200_000];

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("video.mp4");
  }

  @Test
  void nameThatIsTooLongIsFoundFirst() {
    Path tooLong = folder.resolve("é".repeat(126) + ".mp4"); // 256 bytes

    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetFile.checked(tooLong))
        .withMessageStartingWith("cannot save to " + tooLong + ": ");
    TargetFile.checked(folder.resolve("é".repeat(125) + "x.mp4"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderIsRefusedFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetFile.checked(folder))
        .withMessage("cannot save to " + folder + ": it exists and is not a regular file");
  }

  @Test
  void partOfAKilledProcessIsDeleted() throws IOException {
    Path left = partOfAnotherProcess(file);
    Path ofAnotherFile = partOfAnotherProcess(folder.resolve("other.mp4"));
    Path ours = Files.createFile(TargetFile.of(file).newPart());
    Path notes = Files.createFile(folder.resolve(".notes.part"));
    Path almost = Files.createFile(left.resolveSibling(left.getFileName() + ".part"));

    new AbandonedParts().delete(TargetFile.of(file));

    assertThat(filesIn(folder)).containsExactlyInAnyOrder(ofAnotherFile, ours, notes, almost);
  }

  /** To list it for each video would take ever longer. */
  @Test
  void folderIsListedOnce() throws IOException {
    AbandonedParts abandoned = new AbandonedParts();
    abandoned.delete(TargetFile.of(file));
    Path later = partOfAnotherProcess(file);

    abandoned.delete(TargetFile.of(file));

    assertThat(later).exists();
  }

  @Test
  void partOfALivingProcessIsNot() throws Exception {
    Path part = partOfAnotherProcess(file);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                part.toString())
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('!');
      new AbandonedParts().delete(TargetFile.of(file));
      assertThat(part).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }

    new AbandonedParts().delete(TargetFile.of(file));
    assertThat(part).doesNotExist();
  }

  /** Locks a part as a download does, until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      FileChannel part = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
      System.out.print(part.tryLock() == null ? '?' : '!');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  /** The second half of the name is another one. */
  private static Path partOfAnotherProcess(Path file) throws IOException {
    Path ours = TargetFile.of(file).newPart();
    String name = ours.getFileName().toString();
    return Files.createFile(ours.resolveSibling(name.substring(0, 20) + "0000-000000000000.part"));
  }

  @Test
  void fileIsReplacedAtomically() throws IOException {
    Files.writeString(file, "old");

    replace(TargetFile.of(file));

    assertThat(file).hasBinaryContent(VIDEO);
    assertThat(filesIn(folder)).containsExactly(file);
  }

  @Test
  void symbolicLinkStaysALinkUnlessItLeadsNowhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), Files.createFile(file));
    Path broken = Files.createSymbolicLink(folder.resolve("broken.mp4"), folder.resolve("nope"));

    replace(TargetFile.checked(link));
    replace(TargetFile.checked(broken));

    assertThat(link).isSymbolicLink().hasBinaryContent(VIDEO);
    assertThat(file).hasBinaryContent(VIDEO);
    assertThat(broken).isRegularFile().hasBinaryContent(VIDEO);
  }

  /** As with a file that is a mount of its own: it cannot be renamed, but written. */
  @Test
  void fileThatCannotBeReplacedIsOverwritten() throws IOException {
    Files.writeString(file, "old".repeat(100_000));
    Path sameFile = Files.createLink(folder.resolve("link.mp4"), file);

    replaceWithoutMove(TargetFile.of(file));

    assertThat(file).hasBinaryContent(VIDEO);
    assertThat(sameFile).hasBinaryContent(VIDEO);
  }

  @Test
  void newFileIsCopiedIfItCannotBeMoved() throws IOException {
    replaceWithoutMove(TargetFile.of(file));

    assertThat(filesIn(folder)).containsExactly(file);
    assertThat(file).hasBinaryContent(VIDEO);
  }

  @Test
  void fileThatAppearsLaterIsLeftAlone() throws IOException {
    TargetFile target = TargetFile.checked(file);
    Files.writeString(file, "somebody else's");

    assertThatThrownBy(() -> replace(target)).hasMessage("another file has appeared there");

    assertThat(file).hasContent("somebody else's");
  }

  /** For instance one that was reserved with an empty file. */
  @Test
  void fileThatHasChangedIsNotReplaced() throws IOException {
    Files.createFile(file);
    TargetFile first = TargetFile.checked(file);
    TargetFile second = TargetFile.checked(file);

    replace(first);

    assertThatThrownBy(() -> replace(second)).hasMessage("another file has appeared there");
    assertThat(file).hasBinaryContent(VIDEO);
  }

  private static void replace(TargetFile target) throws IOException {
    Path part = Files.write(target.newPart(), VIDEO);
    try (FileChannel content = FileChannel.open(part)) {
      target.replaceBy(part, content);
    }
  }

  /** The part cannot be moved, as it has lost its name; its content is still open. */
  private static void replaceWithoutMove(TargetFile target) throws IOException {
    assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
    Path part = Files.write(target.newPart(), VIDEO);
    try (FileChannel content = FileChannel.open(part)) {
      Files.delete(part);
      target.replaceBy(part, content);
    }
  }

  private static Stream<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    }
  }
}
