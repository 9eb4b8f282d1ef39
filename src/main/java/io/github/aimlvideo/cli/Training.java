package io.github.aimlvideo.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Does once what the command does, against a server of its own on loopback, so that the JVM can
 * make an archive of the classes which that needs. The launcher runs it.
 */
final class Training {
  private Training() {}

  /** Ends with another exit code than 0 if a command does. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("aiml-video");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    // the times of this server are not for the user's history; the launcher unsets XDG_CACHE_HOME
    System.setProperty("user.home", folder.toString());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Training::answer);
    server.start();
    try {
      run(folder, "127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0); // its thread would keep the JVM
    }
  }

  private static void run(Path folder, String server) throws IOException {
    String picture = Files.writeString(folder.resolve("picture.gif"), "GIF89a").toString();
    String film = "--output=" + folder.resolve("film.mp4");
    String url = "--base-url=http://" + server;
    LiveLine.fit("on a terminal", 80, true);
    Main.main(new String[] {"--version"});
    Main.main(new String[] {"generate", "--help"});
    Main.main(new String[] {"generate", picture, "--prompt=move", film, url});
    Main.main(new String[] {"wait", "abc", film, url, "--json"});
    Main.main(new String[] {"status", "abc", url});
    // this fails, but gets TLS ready; there is no time for a second try
    String[] secure = {"wait", "abc", film, "--base-url=https://" + server, "--timeout=1ms"};
    RootCommand.line(new PrintWriter(System.out), new PrintWriter(System.err)).execute(secure);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean film = exchange.getRequestURI().getPath().equals("/film.mp4");
    String link = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/film.mp4";
    String json = "{'id':'abc','status':'completed','video':{'url':'" + link + "'}}";
    byte[] body = (film ? "film" : json.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", film ? "video/mp4" : "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
