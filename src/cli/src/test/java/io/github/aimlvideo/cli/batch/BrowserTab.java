package io.github.aimlvideo.cli.batch;

import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A tab of a headless Chromium, driven by the DevTools protocol. */
final class BrowserTab implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
  private static final List<String> NAMES =
      List.of("google-chrome", "chromium", "chromium-browser");

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonObject>> responses = new ConcurrentHashMap<>();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
  private int calls;
  private double cpuBefore;

  private BrowserTab(Process process, URI tab) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(tab, new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) call(domain + ".enable");
    call("Performance.enable", "{'timeDomain': 'threadTicks'}");
  }

  /** Skips the test without a browser; fails if CI is set. */
  static BrowserTab start(Path profile) throws IOException, InterruptedException {
    Process process = process(program().orElseGet(BrowserTab::missing), profile);
    try {
      return new BrowserTab(process, tab(process));
    } catch (Exception | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String missing() {
    String message = "PAGE NOT TESTED: no Chromium or Chrome on the PATH, nor in CHROME";
    System.out.println(message);
    if (System.getenv("CI") != null) throw new AssertionError(message);
    return abort(message);
  }

  private static Process process(String program, Path profile) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program,
            "--headless",
            "--no-sandbox", // not available in containers and to root
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile);
    builder.environment().put("TMPDIR", profile.toString());
    return builder.redirectErrorStream(true).start();
  }

  private static Optional<String> program() {
    String given = System.getenv("CHROME");
    if (given != null && !given.isBlank()) return Optional.of(given);
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static URI tab(Process process) throws IOException, InterruptedException {
    BufferedReader output = process.inputReader();
    StringBuilder log = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      log.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (!ready.matches()) continue;
      Thread reader = new Thread(() -> output.lines().forEach(x -> {}));
      reader.setDaemon(true);
      reader.start();
      URI newTab = URI.create("http://" + ready.group(1) + "/json/new?about:blank");
      HttpRequest put =
          HttpRequest.newBuilder(newTab).PUT(HttpRequest.BodyPublishers.noBody()).build();
      String tab = HttpClient.newHttpClient().send(put, BodyHandlers.ofString()).body();
      return URI.create(
          JsonParser.parseString(tab).getAsJsonObject().get("webSocketDebuggerUrl").getAsString());
    }
    throw new AssertionError("the browser did not start:\n" + log);
  }

  /** Sets the size of the window in CSS pixels and the colour scheme. */
  void emulate(int width, int height, boolean phone, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{'width': %d, 'height': %d, 'deviceScaleFactor': 1, 'mobile': %s}"
            .formatted(width, height, phone));
    call(
        "Emulation.setEmulatedMedia",
        "{'features': [{'name': 'prefers-color-scheme', 'value': '%s'}]}"
            .formatted(dark ? "dark" : "light"));
  }

  /** Opens a page and waits until it is loaded. */
  void open(String url) {
    events.clear();
    cpuBefore = cpu();
    loaded = new CompletableFuture<>();
    call("Page.navigate", "{'url': '" + url + "'}");
    loaded.orTimeout(2, TimeUnit.MINUTES).join();
  }

  /** The value of an expression or of its promise. */
  JsonElement value(String expression) {
    JsonObject params = new JsonObject();
    params.addProperty("expression", expression);
    params.addProperty("awaitPromise", true);
    params.addProperty("returnByValue", true);
    JsonObject response = call("Runtime.evaluate", params.toString());
    if (response.has("exceptionDetails")) throw new AssertionError(response.toString());
    return response.getAsJsonObject("result").get("value");
  }

  /** Presses a key that types nothing, such as Tab. */
  void press(String key) {
    int code = Map.of("Tab", 9, "ArrowRight", 39).get(key);
    for (String type : List.of("rawKeyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "{'type': '%s', 'key': '%s', 'code': '%s', 'windowsVirtualKeyCode': %d}"
              .formatted(type, key, key, code));
    }
  }

  /** How long the page's main thread has worked since the page was opened. */
  double cpuSeconds() {
    return cpu() - cpuBefore;
  }

  private double cpu() {
    return call("Performance.getMetrics").getAsJsonArray("metrics").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(metric -> metric.get("name").getAsString().equals("TaskDuration"))
        .mapToDouble(metric -> metric.get("value").getAsDouble())
        .sum();
  }

  /** The URLs that the page requested. */
  List<String> requests() {
    return events("Network.requestWillBeSent").stream()
        .map(event -> event.getAsJsonObject("request").get("url").getAsString())
        .toList();
  }

  /** The entries of the console. */
  List<String> console() {
    return Stream.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        .flatMap(name -> events(name).stream())
        .map(JsonObject::toString)
        .toList();
  }

  private List<JsonObject> events(String method) {
    return events.stream()
        .filter(event -> event.get("method").getAsString().equals(method))
        .map(event -> event.getAsJsonObject("params"))
        .toList();
  }

  private JsonObject call(String method) {
    return call(method, "{}");
  }

  private JsonObject call(String method, String params) {
    JsonObject message = new JsonObject();
    message.addProperty("id", ++calls);
    message.addProperty("method", method);
    message.add("params", JsonParser.parseString(params));
    CompletableFuture<JsonObject> response = new CompletableFuture<>();
    responses.put(calls, response);
    socket.sendText(message.toString(), true).join();
    JsonObject result = response.orTimeout(2, TimeUnit.MINUTES).join();
    if (result.has("error")) throw new AssertionError(method + ": " + result);
    return result.getAsJsonObject("result");
  }

  private void receive(JsonObject message) {
    if (message.has("id")) {
      responses.remove(message.get("id").getAsInt()).complete(message);
      return;
    }
    events.add(message);
    if (!events("Page.loadEventFired").isEmpty()) loaded.complete(null);
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      call("Browser.close"); // removes its symbolic links from the profile
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    } finally {
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
      socket.abort();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        receive(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
