package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Saves a video, beside curl that saves the same one to the same folder. */
final class VideoRun {
  private VideoRun() {}

  /** Takes the server, the folder, and how many rounds to time; none means one download alone. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]).resolve("video.mp4");
    int rounds = Integer.parseInt(args[2]);
    List<Double> ours = new ArrayList<>();
    List<Double> curls = new ArrayList<>();
    try (VideoClient client = VideoClient.builder().apiKey("any").baseUrl(args[0]).build()) {
      VideoGeneration generation = completed(client);
      String link = generation.videoUrl().orElseThrow();
      client.download(generation, file); // warms up too
      for (int i = 0; i < rounds; i++) {
        Files.delete(file); // both make a new one
        ours.add(ImageRun.seconds(() -> client.download(generation, file)));
        curls.add(curl(link, file));
      }
    }
    JsonObject measured = new JsonObject();
    measured.addProperty("bytes", Files.size(file));
    if (rounds > 0) {
      measured.addProperty("download", Samples.median(ours));
      measured.addProperty("curl", Samples.median(curls));
    }
    Files.delete(file);
    System.out.println(measured);
  }

  private static VideoGeneration completed(VideoClient client) {
    return client.generate(
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url("https://images.example/harbour/1.jpeg"))
            .prompt("The fishing boats leave the harbour at dawn."));
  }

  private static double curl(String link, Path file) throws IOException {
    Files.delete(file);
    Process curl =
        new ProcessBuilder("curl", "-s", "-o", file.toString(), "-w", "%{time_total}", link)
            .start();
    byte[] seconds = curl.getInputStream().readAllBytes();
    return Double.parseDouble(new String(seconds, StandardCharsets.US_ASCII));
  }
}
