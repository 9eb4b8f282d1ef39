package io.github.aimlvideo.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** The least that sends a image: a file, an encoder, a socket. */
record PlainCopy(String url, Path image) {
  private static final int CHUNK = 3 * 8192;
  private static final String BEGIN =
      "{\"model\":\"kling-video/v1/standard/image-to-video\",\"image_url\":\"data:image/png;base64,";
  private static final String END =
      "\",\"prompt\":\"The fishing boats leave the harbour at dawn.\"}";

  void send() throws IOException {
    URI server = URI.create(url);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      long length = BEGIN.length() + (Files.size(image) + 2) / 3 * 4 + END.length();
      out.write(ascii(head(length) + BEGIN));
      encode(out);
      out.write(ascii(END));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!response.startsWith("HTTP/1.1 200")) throw new IOException(response);
    }
  }

  private static String head(long length) {
    return "POST /v2/video/generations HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private void encode(OutputStream out) throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    byte[] chunk = new byte[CHUNK];
    byte[] encoded = new byte[CHUNK / 3 * 4];
    try (InputStream in = Files.newInputStream(image)) {
      int n;
      while ((n = in.readNBytes(chunk, 0, CHUNK)) == CHUNK) {
        out.write(encoded, 0, encoder.encode(chunk, encoded));
      }
      out.write(encoder.encode(Arrays.copyOf(chunk, n)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
