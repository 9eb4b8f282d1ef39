package io.github.aimlvideo.benchmarks.peer;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Okio;

/** What OkHttp needs to stream an image to the API and a video from it, written by hand. */
public final class StreamingCalls {
  private final OkHttpClient http = new OkHttpClient();
  private final Wire wire;

  public StreamingCalls(String url) {
    wire = new Wire(url);
  }

  /** Creates a generation that is completed at once, and returns the URL of its video. */
  public String create() throws IOException {
    return create(wire.create()).video().url();
  }

  /** Creates a generation of an image in a file. */
  public void create(Path image) throws IOException {
    RequestBody body = new ImageBody(image, Peer.PROMPT);
    create(wire.create().newBuilder().post(body).build());
  }

  private Wire.Generation create(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return wire.parse(response);
    }
  }

  /** Downloads to a part file, forces it to the disk and moves it. */
  public void download(String url, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute();
        FileOutputStream out = new FileOutputStream(part.toFile())) {
      response.body().source().readAll(Okio.sink(out));
      out.getChannel().force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
