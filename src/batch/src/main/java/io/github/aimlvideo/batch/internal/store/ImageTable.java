package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/** Images in the database, in chunks: none is in memory as a whole. */
final class ImageTable {
  private static final int CHUNK = 1 << 19;

  private ImageTable() {}

  /** Stores an image, unless it is there; returns its hash. */
  static String store(Session session, Image image) {
    try {
      String hash = hash(image);
      String exists = "select count(*) from video_images where hash = ?";
      if (session.number(exists, hash) > 0) return hash;
      try (InputStream in = image.open()) {
        for (int chunk = 0; ; chunk++) {
          byte[] bytes = in.readNBytes(CHUNK);
          if (bytes.length == 0) return hash;
          String insert = "insert into video_images values (?, ?, ?) on conflict do nothing";
          session.update(insert, hash, chunk, bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + image, e);
    } catch (SQLException e) {
      throw Database.failed(e);
    }
  }

  /** The hash of an image, by which it is stored. */
  static String hash(Image image) {
    try (DigestInputStream in = new DigestInputStream(image.open(), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + image, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Copies an image to a temporary file. Refuses one that is damaged. */
  static Path copy(Database database, String hash) {
    try {
      Path file = Files.createTempFile("aiml-video-", ".image");
      MessageDigest digest = sha256();
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int chunk = 0; ; chunk++) {
          Optional<byte[]> bytes = chunk(database, hash, chunk);
          if (bytes.isEmpty()) break;
          digest.update(bytes.get());
          out.write(bytes.get());
        }
      }
      if (HexFormat.of().formatHex(digest.digest()).equals(hash)) return file;
      Files.delete(file);
      throw new IllegalArgumentException("the image " + hash + " in the database is damaged");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy an image", e);
    }
  }

  private static Optional<byte[]> chunk(Database database, String hash, int chunk) {
    String sql = "select content from video_images where hash = ? and chunk = ?";
    return database.transaction(session -> session.first(sql, row -> row.getBytes(1), hash, chunk));
  }
}
