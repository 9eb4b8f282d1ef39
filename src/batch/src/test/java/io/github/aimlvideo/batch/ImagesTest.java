package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch sends to the server what the client sends for the same request. */
class ImagesTest {
  private static final Path FILE = Path.of("../../mock/sample.jpg");

  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private JsonObject sentByTheClient(VideoRequest request) {
    fixture.client.create(request);
    return last();
  }

  private JsonObject last() {
    List<JsonObject> bodies = fixture.api.bodies;
    return bodies.get(bodies.size() - 1);
  }

  private void assertSame(Where where, VideoRequest request) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    JsonObject expected = sentByTheClient(request);
    try (VideoBatch batch = fixture.builder().build()) {
      batch.add(fixture.name, request);
      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(fixture.api.bodies).hasSize(2);
    assertThat(last()).isEqualTo(expected);
  }

  private static KlingVideoV1StandardImageToVideoRequest request(Image image) {
    return new KlingVideoV1StandardImageToVideoRequest().imageUrl(image).prompt("<a> \"fox\" é");
  }

  private static byte[] bytes() throws IOException {
    return Files.readAllBytes(FILE);
  }

  @ParameterizedTest
  @EnumSource
  void url(Where where) throws Exception {
    assertSame(where, request(Image.url("https://example.com/a%2Fb.jpg?x=1&y=<2>")));
  }

  @ParameterizedTest
  @EnumSource
  void file(Where where) throws Exception {
    assertSame(where, request(Image.file(FILE)).cfgScale(0.7));
  }

  @ParameterizedTest
  @EnumSource
  void bytes(Where where) throws Exception {
    assertSame(where, request(Image.bytes(bytes())));
  }

  @ParameterizedTest
  @EnumSource
  void bareBase64(Where where) throws Exception {
    assertSame(where, request(Image.file(FILE).bareBase64()));
    fixture.close();
    assertSame(where, request(Image.bytes(bytes()).bareBase64()));
  }

  @ParameterizedTest
  @EnumSource
  void masks(Where where) throws Exception {
    DynamicMask mask =
        new DynamicMask()
            .mask(Image.file(FILE).bareBase64())
            .addTrajectoriesItem(new TrajectoryPoint().x(1).y(2))
            .addTrajectoriesItem(new TrajectoryPoint().x(3).y(4));
    assertSame(
        where,
        request(Image.file(FILE)).staticMask(Image.bytes(bytes())).addDynamicMasksItem(mask));
  }

  @ParameterizedTest
  @EnumSource
  void untypedModel(Where where) throws Exception {
    JsonArray texts = new JsonArray();
    texts.add("one");
    assertSame(
        where,
        new UntypedVideoRequest("maker/next-model")
            .with("first_frame", Image.file(FILE))
            .with("frames", List.of(Map.of("image", Image.bytes(bytes()), "second", 1.50)))
            .with("texts", texts)
            .with("seed", 12345678901L));
  }

  @ParameterizedTest
  @EnumSource
  void untypedRequestOfTypedModel(Where where) throws Exception {
    String model = request(Image.file(FILE)).getModel();
    assertSame(
        where,
        new UntypedVideoRequest(model)
            .with("image_url", Image.file(FILE))
            .with("prompt", "fox")
            .with("duration", 5)
            .with("new_option", true));
  }
}
