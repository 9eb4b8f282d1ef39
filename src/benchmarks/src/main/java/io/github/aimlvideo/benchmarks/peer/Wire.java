package io.github.aimlvideo.benchmarks.peer;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Requests and responses of the hand-written loops, with the least that OkHttp and Gson need. */
final class Wire {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Gson gson = new Gson();
  private final HttpUrl endpoint;

  Wire(String url) {
    endpoint = HttpUrl.get(url + "/v2/video/generations");
  }

  private record CreateRequest(
      String model, @SerializedName("image_url") String imageUrl, String prompt, int duration) {}

  record Generation(String id, String status, Video video) {
    boolean hasEnded() {
      return status.equals("completed") || status.equals("error");
    }
  }

  record Video(String url) {}

  Request create() {
    CreateRequest create =
        new CreateRequest("kling-video/v1/standard/image-to-video", Peer.IMAGE_URL, Peer.PROMPT, 5);
    return request(endpoint).post(RequestBody.create(gson.toJson(create), JSON)).build();
  }

  Request poll(String id) {
    return request(endpoint.newBuilder().addQueryParameter("generation_id", id).build()).build();
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).header("Authorization", "Bearer any");
  }

  Generation parse(Response response) {
    return gson.fromJson(response.body().charStream(), Generation.class);
  }
}
