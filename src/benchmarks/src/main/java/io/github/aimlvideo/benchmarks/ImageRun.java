package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Creates generations of a image in a file, beside a plain copy of the same bytes. */
final class ImageRun {
  private ImageRun() {}

  /** Takes the server, the image, and how many rounds to time; none means one create alone. */
  public static void main(String[] args) throws Exception {
    Path image = Path.of(args[1]);
    int rounds = Integer.parseInt(args[2]);
    List<Double> creates = new ArrayList<>();
    List<Double> copies = new ArrayList<>();
    try (VideoClient client = VideoClient.builder().apiKey("any").baseUrl(args[0]).build()) {
      if (rounds == 0) create(client, image);
      PlainCopy copy = new PlainCopy(args[0], image);
      for (int i = 0; i < rounds; i++) {
        creates.add(seconds(() -> create(client, image)));
        copies.add(seconds(copy::send));
      }
    }
    JsonObject measured = new JsonObject();
    if (rounds > 0) {
      // the first rounds warm up
      measured.addProperty("create", Samples.median(creates.subList(rounds / 3, rounds)));
      measured.addProperty("copy", Samples.median(copies.subList(rounds / 3, rounds)));
    }
    System.out.println(measured);
  }

  private static void create(VideoClient client, Path image) {
    client.create(
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.file(image))
            .prompt("The fishing boats leave the harbour at dawn."));
  }

  interface Step {
    void run() throws IOException;
  }

  static double seconds(Step step) throws IOException {
    long begin = System.nanoTime();
    step.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}
