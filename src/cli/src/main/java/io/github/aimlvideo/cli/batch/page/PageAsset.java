package io.github.aimlvideo.cli.batch.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style or script inside the page.
 *
 * @param hash by which the page's content security policy allows it, and nothing else
 */
record PageAsset(String text, String hash) {
  static final PageAsset STYLE = read("page.css");
  static final PageAsset SCRIPT = read("page.js");

  private static PageAsset read(String name) {
    try (InputStream in = PageAsset.class.getResourceAsStream(name)) {
      byte[] text = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return new PageAsset(
          new String(text, StandardCharsets.UTF_8),
          "sha256-" + Base64.getEncoder().encodeToString(hash));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
