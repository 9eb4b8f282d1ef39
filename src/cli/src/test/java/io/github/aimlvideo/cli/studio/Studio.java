package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.cli.batch.EngineLog;
import io.github.aimlvideo.cli.studio.http.LocalServer;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;

/** A studio in this JVM on a fake API, and what a page does with it. */
final class Studio implements AutoCloseable {
  static final String KEY = "secret-key-0123456789";
  static final String MODEL = "kling-video/v1/standard/image-to-video";

  final FakeApi api = new FakeApi();
  final ImageStore images = new ImageStore();
  final Path folder;

  /** All responses so far, with their headers. */
  final List<String> responses = new CopyOnWriteArrayList<>();

  /** The lines on the terminal. */
  final List<String> terminal = new CopyOnWriteArrayList<>();

  boolean hasKey = true;
  Duration recoveryTimeout = Duration.ofMinutes(6);
  private final HttpClient http = HttpClient.newHttpClient();
  private VideoClient client;
  private Generations generations;
  private LocalServer server;

  Studio(Path folder) {
    EngineLog.show(false);
    this.folder = folder;
    start();
  }

  void start() {
    OpenRows.Settings settings =
        new OpenRows.Settings(
            new GenerationFolder(folder),
            api.url(),
            pollPolicy(),
            recoveryTimeout,
            hasKey,
            this::client,
            terminal::add,
            terminal::add);
    client = client(new GenerationListener() {});
    generations = new Generations(settings);
    ImageDownload download = new ImageDownload(new OkHttpClient(), images);
    Quotes quotes = new Quotes(client, hasKey);
    StudioApi.Session session =
        new StudioApi.Session(api.url(), api.url(), hasKey, folder.toString(), null);
    StudioApi page = new StudioApi(session, images, download, quotes, generations);
    try {
      server = LocalServer.start(0, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    generations.resume();
  }

  private static PollPolicy pollPolicy() {
    return PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100));
  }

  private VideoClient client(GenerationListener listener) {
    return VideoClient.builder()
        .apiKey(KEY)
        .baseUrl(api.url())
        .pollPolicy(pollPolicy())
        .recoveryTimeout(Duration.ZERO)
        .listener(listener)
        .build();
  }

  /** As a process that ends does. */
  void stop() {
    server.close();
    generations.close();
    client.close();
  }

  void restart() {
    stop();
    start();
  }

  @Override
  public void close() {
    stop();
    api.close();
  }

  /** The address with its token. */
  String url() {
    return server.url();
  }

  int port() {
    return URI.create(url()).getPort();
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> post(String path, byte[] body) {
    return post(path, BodyPublishers.ofByteArray(body));
  }

  HttpResponse<byte[]> post(String path, HttpRequest.BodyPublisher body) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Origin", "http://127.0.0.1:" + port())
            .POST(body));
  }

  /** Posts JSON with single quotes for double ones. */
  HttpResponse<byte[]> post(String path, String json) {
    return post(path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      responses.add(
          response.headers().map() + new String(response.body(), StandardCharsets.ISO_8859_1));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static JsonObject json(HttpResponse<byte[]> response) {
    return JsonParser.parseString(text(response)).getAsJsonObject();
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The message of a refusal. */
  static String message(HttpResponse<byte[]> response, int status) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    return json(response).get("message").getAsString();
  }

  /** Uploads an image; returns what stands for it. */
  String upload(String name, byte[] image) {
    HttpResponse<byte[]> response = post("images?name=" + name, image);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return "image:" + json(response).get("id").getAsString();
  }

  /** A request with single quotes, for an image that was uploaded. */
  static String request(String image, String prompt) {
    return "{'model':'" + MODEL + "','image_url':'" + image + "','prompt':'" + prompt + "'}";
  }

  HttpResponse<byte[]> generate(String name, String request) {
    return post("generations", "{'name':'" + name + "','request':" + request + "}");
  }

  /** The generations as the page sees them. */
  Events events() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "events")).build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      return new Events(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until a generation has a state; returns it. */
  JsonObject await(String name, String state) {
    try (Events events = events()) {
      return events.await(
          generation ->
              generation.get("name").getAsString().equals(name)
                  && generation.get("state").getAsString().equals(state));
    }
  }

  /** Waits until the first create of a generation was refused. */
  void awaitRefused(String name) {
    try (Events events = events()) {
      events.await(
          generation ->
              generation.get("name").getAsString().equals(name)
                  && generation.get("attempts").getAsInt() == 1
                  && generation.has("unsent"));
    }
  }

  /** An open page. */
  static final class Events implements AutoCloseable {
    private final InputStream stream;
    private final BufferedReader lines;

    Events(InputStream stream) {
      this.stream = stream;
      lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** The next line; null at the end. */
    String line() {
      try {
        return lines.readLine();
      } catch (IOException e) {
        return null; // the server ended it
      }
    }

    JsonObject next() {
      for (String line = line(); line != null; line = line()) {
        if (line.startsWith("data: ")) {
          return JsonParser.parseString(line.substring(6)).getAsJsonObject();
        }
      }
      throw new AssertionError("the stream ended");
    }

    /** The first generation that is as it should be, as soon as there is one. */
    JsonObject await(Predicate<JsonObject> condition) {
      while (true) {
        for (var each : next().getAsJsonArray("generations")) {
          if (condition.test(each.getAsJsonObject())) return each.getAsJsonObject();
        }
      }
    }

    @Override
    public void close() {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static byte[] png(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }
}
