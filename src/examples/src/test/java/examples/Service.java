package examples;

import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot service on a free port of this machine, as a client of the mock. */
final class Service implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts it.
   *
   * @param folder for its temporary files
   */
  static Service start(
      SpringApplication application, VideoApiMockExtension mock, Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--spring.main.banner-mode=off");
    arguments.add("--logging.level.root=warn");
    arguments.add("--server.port=0");
    arguments.add("--server.address=127.0.0.1");
    arguments.add("--server.tomcat.basedir=" + folder);
    arguments.add("--aiml.base-url=" + mock.baseUrl());
    arguments.add("--aiml.api-key=" + mock.apiKey());
    return new Service(application.run(arguments.toArray(String[]::new)));
  }

  HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    context.close();
  }
}
