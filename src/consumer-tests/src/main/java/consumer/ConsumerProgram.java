package consumer;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Uses most of the library against a mock. Arguments: base URL, image, output folder. */
public final class ConsumerProgram {
  private static final String MODEL = "kling-video/v1/standard/image-to-video";

  private ConsumerProgram() {}

  public static void main(String[] args) throws IOException {
    Image image = Image.file(Path.of(args[1]));
    Path folder = Path.of(args[2]);
    try (VideoClient client = client(args[0])) {
      VideoGeneration video = client.generate(typed(image), folder.resolve("typed.mp4"));
      System.out.println("status: " + video.status());
      VideoGenerationResponse retrieved = client.api().retrieve(video.id()).execute().body();
      System.out.println("generated API: " + retrieved.getId().equals(video.id()));
      VideoGenerationResponse plain = plainGson(args[0], video.id());
      System.out.println("plain Retrofit: " + plain.getStatus() + ", " + plain.getVideo().getUrl());
      System.out.println("recovered: " + isRecovered(client, video));

      VideoRequest converted = untyped(image).toTyped();
      System.out.println(
          "converted: " + (converted instanceof KlingVideoV1StandardImageToVideoRequest));
      client.generate(converted, folder.resolve("untyped.mp4"));
      System.out.println("violations: " + untyped(image).with("duration", 7).violations());
      System.out.println("failure reason: " + failureReason(client, image));
    }
  }

  private static VideoClient client(String baseUrl) {
    return VideoClient.builder()
        .baseUrl(baseUrl)
        .apiKey("any")
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)))
        .build();
  }

  private static KlingVideoV1StandardImageToVideoRequest typed(Image image) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(image)
        .prompt("The boat sails on.")
        .duration(5)
        .cfgScale(0.5)
        .staticMask(image)
        .addDynamicMasksItem(
            new DynamicMask()
                .mask(image)
                .addTrajectoriesItem(new TrajectoryPoint().x(10).y(20))
                .addTrajectoriesItem(new TrajectoryPoint().x(30).y(20)))
        .cameraControl(
            new CameraControl().type(CameraMove.SIMPLE).config(new CameraConfig().zoom(5.0)));
  }

  private static UntypedVideoRequest untyped(Image image) {
    String json = "{\"model\": \"" + MODEL + "\", \"camera_control\": {\"type\": \"forward_up\"}}";
    return UntypedVideoRequest.of(JsonParser.parseString(json).getAsJsonObject())
        .with("image_url", image)
        .with("prompt", "The gulls fly home.");
  }

  /** Uses the generated interface and models with a plain Gson, without the client. */
  /** The generated models work with any Gson. */
  private static VideoGenerationResponse plainGson(String baseUrl, String id) throws IOException {
    Request request =
        new Request.Builder()
            .url(baseUrl + "/v2/video/generations?generation_id=" + id)
            .header("Authorization", "Bearer any")
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return new Gson().fromJson(response.body().string(), VideoGenerationResponse.class);
    }
  }

  private static boolean isRecovered(VideoClient client, VideoGeneration video) {
    return client.recover(video.clientRequestId().get()).get().id().equals(video.id());
  }

  private static String failureReason(VideoClient client, Image image) {
    try {
      return "none, " + client.generate(typed(image));
    } catch (GenerationFailedException e) {
      return e.generation().flatMap(VideoGeneration::failureReason).orElse("unknown");
    }
  }
}
