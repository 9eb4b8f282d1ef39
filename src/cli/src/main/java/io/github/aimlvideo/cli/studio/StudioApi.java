package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import io.github.aimlvideo.cli.studio.http.QueryParameters;
import io.github.aimlvideo.cli.studio.http.RequestBody;
import io.github.aimlvideo.cli.studio.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the page can ask for. */
final class StudioApi implements HttpHandler {
  private static final System.Logger LOG = System.getLogger("io.github.aimlvideo.cli");
  private static final Pattern ASSET =
      Pattern.compile("(?:editor/)?[a-z-]+\\.(?:js|css|svg)|index\\.html|forms\\.json");
  private static final Pattern GENERATION = Pattern.compile("generations/([^/]+)/([a-z]+)");
  private static final int MAX_JSON = 8 << 20;

  private final Session session;
  private final ImageStore images;
  private final ImageDownload download;
  private final RequestReader requests;
  private final Quotes quotes;
  private final Generations generations;

  /**
   * What the page has to know at first.
   *
   * @param server the base URL of the API
   * @param baseUrl as the user gave it; null for the default
   * @param folder as the user gave it
   * @param image the id of the image that the user gave, or null
   */
  record Session(
      String server,
      @Nullable String baseUrl,
      boolean hasKey,
      String folder,
      @Nullable String image) {}

  StudioApi(
      Session session,
      ImageStore images,
      ImageDownload download,
      Quotes quotes,
      Generations generations) {
    this.session = session;
    this.images = images;
    this.download = download;
    this.quotes = quotes;
    this.generations = generations;
    requests = new RequestReader(images);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        response(exchange).send(exchange);
      } catch (HttpFailure e) {
        e.response().send(exchange);
      } catch (BatchException e) {
        new HttpFailure(500, generations.message(e)).response().send(exchange);
      } catch (IllegalArgumentException e) {
        new HttpFailure(400, e.getMessage()).response().send(exchange);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "internal error", e);
        String message = "internal error; please report it with the output of --verbose";
        new HttpFailure(500, message).response().send(exchange);
      }
    }
  }

  private Response response(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String name = path.substring(path.indexOf('/', 1) + 1);
    boolean isGet = exchange.getRequestMethod().equals("GET");
    Matcher generation = GENERATION.matcher(name);
    if (!generation.matches()) return isGet ? get(name) : post(name, exchange);
    String row = generation.group(1);
    return isGet
        ? get(row, generation.group(2), QueryParameters.of(exchange).containsKey("download"))
        : post(row, generation.group(2), QueryParameters.of(exchange));
  }

  private Response get(String name) throws IOException {
    if (name.equals("state")) return state();
    if (name.equals("events")) return generations.events();
    if (name.startsWith("images/")) return image(name.substring("images/".length()));
    return asset(name.isEmpty() ? "index.html" : name);
  }

  private Response post(String name, HttpExchange exchange) throws IOException {
    return switch (name) {
      case "images" -> addImage(exchange);
      case "check" -> check(json(exchange));
      case "quote" -> Response.json(200, quotes.of(requests.read(json(exchange))));
      case "archive" -> archive(json(exchange));
      case "import" -> importRequest(exchange);
      case "generations" -> generate(json(exchange));
      default -> throw notFound(name);
    };
  }

  private Response get(String row, String what, boolean asFile) throws IOException {
    return switch (what) {
      case "quote" -> Response.json(200, quote(row));
      case "video" -> generations.list().video(generations.row(row), asFile);
      case "image" -> generations.list().image(generations.row(row));
      case "request" ->
          Response.json(200, generations.list().request(generations.row(row)).into(images));
      default -> throw notFound(what);
    };
  }

  private Response post(String row, String what, Map<String, String> parameters) {
    String price = parameters.get("price");
    if (price != null) checkPrice(quote(row), price);
    switch (what) {
      case "retry" -> generations.retry(row, attempts(parameters));
      case "resume" -> generations.resume(row);
      case "remove" -> generations.remove(row);
      case "resubmit" -> generations.resubmit(row, attempts(parameters));
      default -> throw notFound(what);
    }
    return accepted(row, false);
  }

  /** What it costs to create a row today. */
  private JsonObject quote(String name) {
    BatchRow row = generations.row(name);
    return generations.list().hasRequest(name)
        ? quotes.of(generations.list().request(row).request())
        : quotes.unknown(row.model(), "the request of " + name + " is not there");
  }

  private static int attempts(Map<String, String> parameters) {
    try {
      return Integer.parseInt(parameters.getOrDefault("attempts", ""));
    } catch (NumberFormatException e) {
      throw new HttpFailure(400, "attempts is missing, or not a number");
    }
  }

  private static HttpFailure notFound(String name) {
    return new HttpFailure(404, "nothing here: " + name);
  }

  private static JsonObject json(HttpExchange exchange) throws IOException {
    return RequestReader.object(RequestBody.read(exchange, MAX_JSON, "the request"));
  }

  private Response state() {
    JsonObject json = new JsonObject();
    json.addProperty("server", session.server());
    json.addProperty("hasKey", session.hasKey());
    json.addProperty("folder", session.folder());
    String id = session.image();
    if (id != null) images.find(id).ifPresent(image -> json.add("image", image.toJson()));
    json.addProperty("maxUploadBytes", ImageStore.MAX_BYTES);
    return Response.json(200, json);
  }

  /** Only files of the page are in its folder, and only they match. */
  private static Response asset(String name) throws IOException {
    if (!ASSET.matcher(name).matches()) throw notFound(name);
    try (InputStream in = StudioApi.class.getResourceAsStream(name)) {
      if (in == null) throw notFound(name);
      String type =
          switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "json" -> "application/json";
            default -> "text/html; charset=utf-8";
          };
      return Response.bytes(type, in.readAllBytes());
    }
  }

  private Response addImage(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = QueryParameters.of(exchange);
    String url = parameters.get("url");
    if (url != null) return Response.json(200, download.fetch(url).toJson());
    String name = parameters.getOrDefault("name", "image");
    byte[] bytes = RequestBody.read(exchange, ImageStore.MAX_BYTES, name);
    return Response.json(200, images.add(name, null, bytes).toJson());
  }

  private Response image(String id) {
    StoredImage image =
        images
            .find(id)
            .orElseThrow(() -> new HttpFailure(404, "the image is no longer here; add it again"));
    return Response.bytes(image.type(), image.bytes()).immutable();
  }

  private Response check(JsonObject body) {
    RequestArchive archive = archiveOf(requests.read(body));
    String name = generations.nextName(text(body, "name"));
    return Response.json(200, new RequestCheck(archive).toJson(name, session.baseUrl()));
  }

  private Response archive(JsonObject body) {
    RequestArchive archive = archiveOf(requests.read(body));
    String file = RequestArchive.safe(text(body, "name")) + ".zip";
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/zip");
      exchange.getResponseHeaders().set("Content-Disposition", Response.attachment(file));
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        archive.writeTo(out, false);
      }
    };
  }

  private RequestArchive archiveOf(UntypedVideoRequest request) {
    return new RequestArchive(request, images);
  }

  private Response importRequest(HttpExchange exchange) throws IOException {
    byte[] body = RequestBody.read(exchange, ArchiveReader.MAX_TOTAL, "the file");
    return Response.json(200, new ArchiveReader(body).into(images));
  }

  private Response generate(JsonObject body) {
    String name = text(body, "name");
    UntypedVideoRequest request = requests.read(body);
    boolean isPriced = body.has("price") && generations.isUnsent(name);
    if (isPriced) checkPrice(quotes.of(request), text(body, "price"));
    return accepted(name, generations.add(name, archiveOf(request)));
  }

  /** A person pays what the button says. */
  private static void checkPrice(JsonObject quote, String shown) {
    String price = quote.get("text").getAsString();
    if (price.equals(shown)) return;
    String problem =
        quote.get("known").getAsBoolean()
            ? "the price has changed: " + price + " instead of " + shown
            : "the price of "
                + shown
                + " cannot be confirmed: "
                + quote.get("explanation").getAsString();
    throw new HttpFailure(409, problem + "; nothing was sent");
  }

  /**
   * @param isNew whether this request has added it
   */
  private static Response accepted(String name, boolean isNew) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("isNew", isNew);
    return Response.json(202, json);
  }

  private static String text(JsonObject body, String name) {
    if (body.get(name) instanceof JsonPrimitive text && text.isString()) return text.getAsString();
    throw new HttpFailure(400, name + " is missing");
  }
}
