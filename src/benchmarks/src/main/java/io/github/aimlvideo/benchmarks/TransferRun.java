package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.benchmarks.peer.Peer;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.peer.StreamingCalls;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Transfers an image or a video once for each line of standard input; prints how long it took. */
final class TransferRun {
  private interface Transfer {
    void run() throws IOException;
  }

  private TransferRun() {}

  /** Takes the peer, the server, "image" or "video", and the file. */
  public static void main(String[] args) throws Exception {
    boolean image = args[2].equals("image");
    Path file = Path.of(args[3]);
    Transfer transfer =
        Peers.valueOf(args[0]) == Peers.HAND_WRITTEN
            ? handWritten(args[1], image, file)
            : aimlVideo(args[1], image, file);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    while (in.readLine() != null) {
      if (!image) Files.deleteIfExists(file);
      long begin = System.nanoTime();
      transfer.run();
      JsonObject measured = new JsonObject();
      measured.addProperty("seconds", (System.nanoTime() - begin) / 1e9);
      measured.addProperty("bytes", Files.size(file));
      System.out.println(measured);
    }
    System.exit(0); // idle threads would stay for a while
  }

  private static Transfer handWritten(String url, boolean image, Path file) throws IOException {
    StreamingCalls calls = new StreamingCalls(url);
    if (image) return () -> calls.create(file);
    String video = calls.create();
    return () -> calls.download(video, file);
  }

  private static Transfer aimlVideo(String url, boolean image, Path file) {
    VideoClient client = VideoClient.builder().apiKey("any").baseUrl(url).build();
    if (image) return () -> client.create(request(Image.file(file)));
    VideoGeneration generation = client.generate(request(Image.url(Peer.IMAGE_URL)));
    return () -> client.download(generation, file);
  }

  private static KlingVideoV1StandardImageToVideoRequest request(Image image) {
    return new KlingVideoV1StandardImageToVideoRequest().imageUrl(image).prompt(Peer.PROMPT);
  }
}
