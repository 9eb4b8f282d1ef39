package io.github.aimlvideo.internal.catalog;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.ModelsResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The last catalogue of an API in a file: its address, the ETag and the response. Several processes
 * may share the folder, which OkHttp's own cache does not allow: a file is replaced only by a whole
 * one. Failures mean that nothing was kept.
 */
final class CatalogFile {
  private static final String NAME = "models";

  /** As large as the largest response. */
  private static final long MAX_BYTES = 17 << 20;

  private final Path folder;
  private final String url;

  /** A catalogue with the server's name for this version of it. */
  record Version(String etag, Catalog catalog) {}

  CatalogFile(Path folder, HttpUrl url) {
    this.folder = folder;
    this.url = url.toString();
  }

  Optional<Version> read() {
    try {
      Path file = folder.resolve(NAME);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) return Optional.empty();
      String[] parts = Files.readString(file).split("\n", 3);
      if (parts.length < 3 || !parts[0].equals(url)) return Optional.empty();
      ModelsResponse body = Json.RESPONSES.fromJson(parts[2], ModelsResponse.class);
      if (body == null || body.getData() == null) return Optional.empty();
      return Optional.of(new Version(parts[1], CatalogModels.of(body)));
    } catch (IOException | JsonParseException damaged) {
      return Optional.empty();
    }
  }

  void write(String etag, String body) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, NAME, ".part");
      try {
        Files.writeString(part, url + "\n" + etag + "\n" + body);
        Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (CharacterCodingException loneSurrogate) {
      // cannot be saved as it is
    } catch (IOException fullOrForbidden) {
      // the next client loads it again
    }
  }
}
