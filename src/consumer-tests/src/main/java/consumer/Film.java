package consumer;

import com.google.gson.JsonParser;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.GenerationStatus;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/** Uses all of the library against a mock, as the arguments say: base URL, picture, folder. */
public final class Film {
  private static final String MODEL = "kling-video/v1/standard/image-to-video";

  private Film() {}

  public static void main(String[] args) throws IOException {
    Image picture = Image.file(Path.of(args[1]));
    Path folder = Path.of(args[2]);
    try (VideoClient client = client(args[0])) {
      VideoGeneration film = client.generate(typed(picture), folder.resolve("film.mp4"));
      System.out.println("status: " + film.status());
      System.out.println("of the class: " + film.response().getStatus());
      System.out.println(
          "by Retrofit: "
              + client.api().retrieve(film.id()).execute().body().getId().equals(film.id()));
      System.out.println("by its own Retrofit: " + alone(args[0], film.id()).getStatus());
      System.out.println(
          "recovered: "
              + client.recover(film.clientRequestId().get()).get().id().equals(film.id()));

      VideoRequest free = free(picture).toTyped();
      System.out.println("class: " + (free instanceof KlingVideoV1StandardImageToVideoRequest));
      client.generate(free, folder.resolve("free.mp4"));
      System.out.println("faults: " + free(picture).with("duration", 7).violations());
      failing(client, picture);
    }
  }

  private static VideoClient client(String baseUrl) {
    return VideoClient.builder()
        .baseUrl(baseUrl)
        .apiKey("any")
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)))
        .build();
  }

  private static KlingVideoV1StandardImageToVideoRequest typed(Image picture) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(picture)
        .prompt("The boat sails on.")
        .duration(5)
        .cfgScale(0.5)
        .staticMask(picture)
        .addDynamicMasksItem(
            new DynamicMask()
                .mask(picture)
                .addTrajectoriesItem(new TrajectoryPoint().x(10).y(20))
                .addTrajectoriesItem(new TrajectoryPoint().x(30).y(20)))
        .cameraControl(
            new CameraControl().type(CameraMove.SIMPLE).config(new CameraConfig().zoom(5.0)));
  }

  private static UntypedVideoRequest free(Image picture) {
    return UntypedVideoRequest.of(
            JsonParser.parseString(
                    "{\"model\": \""
                        + MODEL
                        + "\", \"camera_control\": {\"type\": \"forward_up\"}}")
                .getAsJsonObject())
        .with("image_url", picture)
        .with("prompt", "The gulls fly home.");
  }

  /** The generated interface and models with a plain Gson and nothing of the client. */
  private static VideoGenerationResponse alone(String baseUrl, String id) throws IOException {
    VideoGenerationsApi api =
        new Retrofit.Builder()
            .baseUrl(baseUrl + "/")
            .client(
                new okhttp3.OkHttpClient.Builder()
                    .addInterceptor(
                        chain ->
                            chain.proceed(
                                chain
                                    .request()
                                    .newBuilder()
                                    .header("Authorization", "Bearer any")
                                    .build()))
                    .build())
            .addConverterFactory(GsonConverterFactory.create())
            .build()
            .create(VideoGenerationsApi.class);
    VideoGenerationResponse answer = api.retrieve(id).execute().body();
    if (answer.getStatus() != GenerationStatus.COMPLETED || answer.getVideo() == null) {
      throw new AssertionError(answer);
    }
    return answer;
  }

  private static void failing(VideoClient client, Image picture) {
    try {
      client.generate(typed(picture).prompt("fail"));
      System.out.println("failure: none");
    } catch (GenerationFailedException e) {
      System.out.println(
          "failure: " + e.generation().flatMap(VideoGeneration::failureReason).isPresent());
    }
  }
}
