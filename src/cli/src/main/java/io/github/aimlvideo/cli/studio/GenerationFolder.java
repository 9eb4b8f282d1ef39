package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.request.SentRequest;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of the generations: NAME.zip with the request, and NAME.mp4. */
record GenerationFolder(Path path) {
  private static final long MAX_ARCHIVE = 512L << 20;

  /** The database of the rows. */
  Path database() {
    return path.resolve("batch.db");
  }

  /** The request of a row, with its images. */
  Path archive(String name) {
    return path.resolve(name + ".zip");
  }

  /** The video of a row. */
  Path video(String name) {
    return path.resolve(name + ".mp4");
  }

  /** Whether a file is there, and no link to elsewhere. */
  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The first name with a number that neither a row nor a file has.
   *
   * @param rows names in lower case
   */
  String nextName(String base, Set<String> rows) {
    String stem = RequestArchive.safe(base);
    for (int number = 1; ; number++) {
      String name = stem + "-" + number;
      boolean isTaken =
          rows.contains(name.toLowerCase(Locale.ROOT))
              || Stream.of(archive(name), video(name))
                  .anyMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
      if (!isTaken) return name;
    }
  }

  /**
   * Saves a request, unless it is there. Replaces nothing.
   *
   * @return what is wrong if another file has the name
   * @throws HttpFailure if it cannot be written
   */
  Optional<String> save(String name, RequestArchive archive) {
    Path file = archive(name);
    Path part = file.resolveSibling("." + name + "-" + UUID.randomUUID() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
        archive.writeTo(out, true);
      }
      Files.move(part, file);
      return Optional.empty();
    } catch (FileAlreadyExistsException e) {
      return isSame(file, archive.request())
          ? Optional.empty() // the process ended before the row was added
          : Optional.of(file + " has another request; choose another name");
    } catch (IOException e) {
      throw new HttpFailure(500, "cannot write " + file + ": " + ErrorMessage.reason(e));
    } finally {
      delete(part);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // a part, which nothing reads
    }
  }

  /**
   * The request of a row.
   *
   * @throws HttpFailure if it is not there, or cannot be read
   */
  ArchiveReader read(String name) {
    Path file = archive(name);
    try {
      if (!isFile(file)) throw new HttpFailure(404, "the request of " + name + " is not there");
      if (Files.size(file) > MAX_ARCHIVE) throw new HttpFailure(413, file + " is too large");
      return new ArchiveReader(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new HttpFailure(500, "cannot read " + file + ": " + ErrorMessage.reason(e));
    }
  }

  private boolean isSame(Path file, UntypedVideoRequest request) {
    try {
      if (!isFile(file) || Files.size(file) > MAX_ARCHIVE) return false;
      UntypedVideoRequest saved = new ArchiveReader(Files.readAllBytes(file)).request();
      return content(saved).equals(content(request));
    } catch (IOException | HttpFailure | IllegalArgumentException e) {
      return false;
    }
  }

  /** A request with hashes for images, whatever their files are called. */
  private static JsonObject content(UntypedVideoRequest request) {
    return SentRequest.toJson(request, image -> image.url().orElseGet(() -> hash(image)));
  }

  private static String hash(Image image) {
    try (InputStream content = image.open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
