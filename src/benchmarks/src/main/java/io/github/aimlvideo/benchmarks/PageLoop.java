package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The loop of the vendor's page, in Python; measured where Python has what it needs. */
final class PageLoop {
  private PageLoop() {}

  static Optional<JsonObject> run(Path root, String url, int pairs)
      throws IOException, InterruptedException {
    String script = root.resolve("src/benchmarks/src/main/python/page_loop.py").toString();
    ProcessBuilder builder = new ProcessBuilder("python3", script, url, "" + pairs);
    Process process;
    try {
      process = builder.redirectError(Redirect.INHERIT).start();
    } catch (IOException e) { // there is no Python
      return Optional.empty();
    }
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit == 3) return Optional.empty(); // there is no requests
    if (exit != 0) throw new IOException(script + " failed");
    return Optional.of(JsonParser.parseString(line).getAsJsonObject());
  }
}
