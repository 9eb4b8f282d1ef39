package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import io.github.aimlvideo.cli.request.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a batch writes to its folder. None of them replaces a file of the user's. */
final class BatchFiles {
  static final String DATABASE = "batch.db";

  /** What SQLite and the library write beside it. */
  private static final List<String> DATABASE_FILES =
      List.of(DATABASE, DATABASE + "-journal", ".batch.lock");

  /** Of a version without a database. */
  private static final String JOURNAL = "journal.jsonl";

  private static final String UUID_PATTERN = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

  /** Of a file that a batch was writing; the client sweeps up those of videos. */
  private static final Pattern PART_NAME =
      Pattern.compile(
          "\\.(%s|%s)-%s\\.part|\\.batch-probe-\\d+\\.part"
              .formatted(
                  Pattern.quote(BatchReport.RESULTS),
                  Pattern.quote(ResultsPage.FILE),
                  UUID_PATTERN));

  final Path folder;

  private final Set<String> written = ConcurrentHashMap.newKeySet();

  /** Whether an earlier run may have left files; it has if its database is in the folder. */
  final boolean resumed;

  /**
   * Before the database is opened.
   *
   * @param shared whether the database is not in the folder
   */
  BatchFiles(Path folder, boolean shared) {
    this.folder = folder;
    resumed = shared || Files.exists(folder.resolve(DATABASE));
  }

  /**
   * Checks that no file of the batch is an input, and that none but the batch has written it.
   *
   * @throws IllegalArgumentException if it is, or may be somebody else's
   */
  void check(InputFiles inputs, Collection<ManifestRow> rows) {
    Stream.of(
            DATABASE_FILES.stream(),
            Stream.of(BatchReport.RESULTS, ResultsPage.FILE),
            rows.stream().map(ManifestRow::file))
        .flatMap(names -> names)
        .forEach(name -> inputs.checkOutput("--out", folder.resolve(name)));
    if (!resumed && Files.exists(folder.resolve(JOURNAL), LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "--out: %s is of an earlier version of aiml-video; finish the batch with that, or choose another"
              .formatted(folder.resolve(JOURNAL)));
    }
    for (String name : List.of(BatchReport.RESULTS, ResultsPage.FILE)) {
      notOurs(name)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("--out: " + problem + "; or choose another");
              });
    }
  }

  /**
   * Makes the folder, unless it exists.
   *
   * @throws IllegalArgumentException if that fails
   */
  void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--out: cannot make the folder " + folder + ": " + ErrorMessage.reason(e), e);
    }
  }

  /** What is wrong with the file in whose place the batch would write. */
  private Optional<String> notOurs(String name) {
    Path file = folder.resolve(name);
    boolean ours =
        !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            || (resumed || written.contains(name)) && isOurs(file);
    return ours ? Optional.empty() : Optional.of(file + " is not from this batch; move it away");
  }

  private static boolean isOurs(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return false;
    try {
      return file.endsWith(ResultsPage.FILE) ? isPage(file) : isResults(file);
    } catch (IOException | UncheckedIOException e) { // for instance not UTF-8
      return false;
    }
  }

  private static boolean isPage(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(1000), StandardCharsets.UTF_8);
      return head.contains("<meta name=\"generator\" content=\"aiml-video batch\">");
    }
  }

  private static boolean isResults(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.allMatch(RowResult::isJson);
    }
  }

  /** Deletes what a run that was killed left incomplete, except videos. */
  void deletePartialFiles() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, BatchFiles::isPart)) {
      for (Path part : parts) Files.deleteIfExists(part);
    }
  }

  private static boolean isPart(Path file) {
    return PART_NAME.matcher(file.getFileName().toString()).matches();
  }

  /** Writes the content of a file. */
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Writes results or page, whole or not at all.
   *
   * @throws IOException if that fails, or somebody else's file is in its place
   */
  void write(String name, Content content) throws IOException {
    Optional<String> problem = notOurs(name);
    if (problem.isPresent()) throw new IOException(problem.get());
    replace(folder.resolve(name), content);
    written.add(name);
  }

  static void replace(Path file, Content content) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
