package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that the user gives, as files or by URL. */
class UploadTest {
  private final MockWebServer web = new MockWebServer();
  @TempDir private Path folder;
  private Studio studio;

  @BeforeEach
  void start() throws IOException {
    web.start();
    studio = new Studio(folder.resolve("studio"));
  }

  @AfterEach
  void close() {
    studio.close();
    web.close();
  }

  @Test
  void imageIsServedAsItWasGiven() {
    byte[] png = Studio.png(40, 30);

    JsonObject info = Studio.json(studio.post("images?name=my%20fox.png", png));

    assertThat(info.get("name").getAsString()).isEqualTo("my fox.png");
    assertThat(info.get("type").getAsString()).isEqualTo("image/png");
    assertThat(info.get("bytes").getAsInt()).isEqualTo(png.length);
    assertThat(info.get("width").getAsInt()).isEqualTo(40);
    assertThat(info.get("height").getAsInt()).isEqualTo(30);
    assertThat(info.has("url")).isFalse();
    HttpResponse<byte[]> image = studio.get("images/" + info.get("id").getAsString());
    assertThat(image.body()).isEqualTo(png);
    assertThat(image.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(image.headers().allValues("Cache-Control"))
        .containsExactly("private, max-age=31536000, immutable");
  }

  @Test
  void sameImageIsKeptOnce() {
    String first = studio.upload("fox.png", Studio.png(40, 30));

    assertThat(studio.upload("fox.png", Studio.png(40, 30))).isEqualTo(first);
    assertThat(studio.upload("owl.png", Studio.png(40, 30))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<svg xmlns='http://www.w3.org/2000/svg'/>", "not an image"})
  void otherFileIsRefused(String content) {
    HttpResponse<byte[]> response = studio.post("images?name=a.png", content);

    assertThat(Studio.message(response, 415)).startsWith("a.png: ").hasLineCount(1);
  }

  @Test
  void imageAboveTheLimitIsRefusedInOneLine() {
    var body = BodyPublishers.ofByteArrays(Collections.nCopies(101, new byte[1 << 20]));

    HttpResponse<byte[]> response = studio.post("images?name=big.png", body);

    assertThat(Studio.message(response, 413)).isEqualTo("big.png has more than 100 MB");
  }

  @Test
  void storeForgetsWhatWasNotUsedForTheLongestTime() {
    byte[] png = Studio.png(40, 30);
    ImageStore store = new ImageStore(png.length * 2L);
    StoredImage one = store.add("one", null, png);
    StoredImage two = store.add("two", null, png);
    store.find(one.id());

    StoredImage three = store.add("three", null, png);

    assertThat(store.find(one.id())).isPresent();
    assertThat(store.find(two.id())).isEmpty();
    assertThat(store.find(three.id())).isPresent();
    assertThat(new ImageStore(1).add("alone", null, png)).isNotNull();
  }

  @Test
  void urlIsFetchedForDisplayAndStaysTheImageOfTheRequest() {
    byte[] png = Studio.png(40, 30);
    web.enqueue(new MockResponse.Builder().body(new Buffer().write(png)).build());
    String url = web.url("/foxes/fox.png?size=1").toString();

    JsonObject info = Studio.json(fetch(url));

    assertThat(info.get("url").getAsString()).isEqualTo(url);
    assertThat(info.get("name").getAsString()).isEqualTo("fox.png");
    String id = info.get("id").getAsString();
    assertThat(studio.get("images/" + id).body()).isEqualTo(png);
    String check = "{'name':'fox','request':" + Studio.request("image:" + id, "runs") + "}";
    assertThat(Studio.json(studio.post("check", check)).get("json").getAsString()).contains(url);
  }

  @Test
  void generationByUrlHasAPicture() {
    byte[] png = Studio.png(40, 30);
    web.enqueue(new MockResponse.Builder().body(new Buffer().write(png)).build());
    String url = web.url("/fox.png").toString();
    fetch(url);

    studio.generate("fox-1", Studio.request(url, "runs"));
    studio.generate("fox-2", Studio.request("https://example.com/a.png", "runs"));

    assertThat(studio.get("generations/fox-1/image").body()).isEqualTo(png);
    assertThat(Studio.message(studio.get("generations/fox-2/image"), 404))
        .isEqualTo("fox-2 has only images with a URL");
    assertThat(studio.api.bodies).allMatch(body -> !body.toString().contains("base64"));
  }

  @Test
  void redirectToAnotherSchemeIsRefused() {
    for (String target : new String[] {"https://example.com/a.png", "file:///etc/passwd"}) {
      web.enqueue(new MockResponse.Builder().code(302).addHeader("Location", target).build());

      assertThat(Studio.message(fetch(web.url("/").toString()), 400))
          .endsWith("it redirects to another scheme; give that URL: " + target);
    }
  }

  @Test
  void urlWithoutAnImageIsOneLine() {
    web.enqueue(new MockResponse.Builder().code(404).build());
    web.enqueue(new MockResponse.Builder().body("<html>").build());
    web.enqueue(new MockResponse.Builder().addHeader("Content-Length", 200 << 20).build());
    String url = web.url("/fox").toString();

    assertThat(Studio.message(fetch(url), 400)).endsWith(": the server returned 404");
    assertThat(Studio.message(fetch(url), 415)).startsWith("fox: not an image");
    assertThat(Studio.message(fetch(url), 413)).isEqualTo("fox has more than 100 MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/a.png", "fox.png", ""})
  void otherSchemesAreNotFetched(String url) {
    assertThat(Studio.message(fetch(url), 400)).startsWith("not an http(s) URL: ");
  }

  @Test
  void unreachableServerIsOneLine() {
    assertThat(Studio.message(fetch("http://127.0.0.1:1/a.png"), 400))
        .startsWith("cannot load the image from 127.0.0.1: cannot connect")
        .hasLineCount(1);
  }

  @Test
  void unknownImageIsRefusedInARequest() {
    String request = Studio.request("image:0123456789abcdef0123456789abcdef", "runs");

    HttpResponse<byte[]> response =
        studio.post("check", "{'name':'fox','request':" + request + "}");

    assertThat(Studio.message(response, 400))
        .isEqualTo("image_url: the image is no longer here; add it again");
    assertThatThrownBy(() -> studio.images.add("a", null, new byte[0]))
        .isInstanceOf(HttpFailure.class);
  }

  private HttpResponse<byte[]> fetch(String url) {
    return studio.post("images?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8), "");
  }
}
