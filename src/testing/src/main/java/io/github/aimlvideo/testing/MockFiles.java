package io.github.aimlvideo.testing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of the mock, unpacked from the jar.
 *
 * @param folder has {@code scripts/mock} and everything it needs except Prism
 * @param prism where npm installs Prism; shared by all versions of the mock with the same Prism
 */
record MockFiles(Path folder, Path prism) {
  private static final List<String> PRISM = List.of("mock/package.json", "mock/package-lock.json");

  static final List<String> ALL =
      List.of(
          "mock/account-requests.mjs",
          "mock/account.mjs",
          "mock/catalog.json",
          "mock/catalog.mjs",
          "mock/compose.yaml",
          "mock/http.mjs",
          "mock/package.json",
          "mock/package-lock.json",
          "mock/prism.mjs",
          "mock/reply.mjs",
          "mock/sample.mp4",
          "mock/script.mjs",
          "mock/server.mjs",
          "mock/session.mjs",
          "mock/video.mjs",
          "openapi/mock.yaml",
          "scripts/mock");

  /** Unpacks the files that are missing. Several programs may do so at the same time. */
  static MockFiles unpackedTo(Path cache) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    for (String name : ALL) all.put(name, content(name));
    Map<String, byte[]> prism = new TreeMap<>();
    for (String name : PRISM) prism.put(name.substring("mock/".length()), all.get(name));
    return new MockFiles(unpack(all, cache.resolve("mock")), unpack(prism, cache.resolve("prism")));
  }

  static byte[] content(String name) throws IOException {
    try (InputStream in = MockFiles.class.getResourceAsStream(name)) {
      if (in == null) throw new FileNotFoundException(name + " is not on the class path");
      return in.readAllBytes();
    }
  }

  /**
   * Unpacks into a folder that is named after the hash of its content and appears when complete.
   */
  private static Path unpack(Map<String, byte[]> files, Path parent) throws IOException {
    Path folder = parent.resolve(hash(files)).toAbsolutePath();
    if (Files.isDirectory(folder)) return folder;
    Files.createDirectories(parent);
    // no temporary directory: only its owner could read it, and Docker has to
    Path partial = Files.createDirectory(parent.resolve(".partial-" + UUID.randomUUID()));
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = partial.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(partial);
      if (!Files.isDirectory(folder)) throw e; // else another program was faster
    }
    return folder;
  }

  private static String hash(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, content) -> {
            digest.update((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(content);
          });
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Java has no SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
