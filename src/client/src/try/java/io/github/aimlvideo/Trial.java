package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * Tries contracts, for {@code scripts/regenerate --try}: makes the client of each as the build
 * does, compiles it, and holds the requests against Prism.
 */
final class Trial {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final String prism;

  private Trial(Path folder, String prism) {
    this.folder = folder;
    this.prism = prism;
  }

  /** What a folder asks for. */
  private static final class Task {
    /** The titles of the requests that are held against Prism. */
    List<String> requests;
  }

  /**
   * Takes the address of Prism and folders with {@code aiml-video.yaml}, {@code client.yaml} and
   * {@code task.json}; prints for each its name and {@code ok}, or the reason why not.
   */
  public static void main(String[] args) {
    for (String name : List.of(args).subList(1, args.length)) {
      Path folder = Path.of(name);
      String outcome;
      try {
        outcome = new Trial(folder, args[0] + "/" + folder.getFileName() + "/").outcome();
      } catch (Exception | AssertionError e) {
        outcome = String.valueOf(e);
      }
      System.out.println(folder.getFileName() + " " + outcome.replaceAll("\\s+", " "));
    }
  }

  private String outcome() throws IOException, InterruptedException {
    Path sources = folder.resolve("sources");
    generate(sources);
    String fault = compile(sources);
    if (fault != null) return fault;
    Task task = new Gson().fromJson(Files.readString(folder.resolve("task.json")), Task.class);
    Contract contract = Contract.read(folder.resolve("aiml-video.yaml"));
    for (Canaries canaries : contract.canaries().toList()) {
      if (!task.requests.contains(canaries.title())) continue;
      fault = canary(canaries);
      if (fault != null) return fault;
    }
    return "ok";
  }

  /** With the settings of the build, which are in files. */
  private void generate(Path sources) {
    CodegenConfigurator settings = CodegenConfigurator.fromFile("openapi/generator.yaml");
    settings.setInputSpec(folder.resolve("client.yaml").toString());
    settings.setOutputDir(sources.toString());
    settings.setTemplateDir(Path.of("src/main/templates").toAbsolutePath().toString());
    for (String part : List.of("apis", "models")) settings.addGlobalProperty(part, "");
    settings.addGlobalProperty("supportingFiles", "RequestClasses.java,package-info.java");
    for (String part : List.of("apiTests", "apiDocs", "modelTests", "modelDocs")) {
      settings.addGlobalProperty(part, "false");
    }
    new DefaultGenerator().opts(settings.toClientOptInput()).generate();
  }

  /** As strictly as the build; what is wrong first, or null. */
  private String compile(Path sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(found, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of("-d", classes.toString(), "-Xlint:all", "-proc:none", "--release", "17");
      var units = files.getJavaFileObjectsFromPaths(java);
      if (COMPILER.getTask(null, files, found, options, null, units).call()
          && found.getDiagnostics().isEmpty()) return null;
    }
    Diagnostic<?> first = found.getDiagnostics().get(0);
    return "javac: " + first.getMessage(Locale.ROOT) + " (" + first.getSource() + ")";
  }

  /** Whether Prism takes a right request and refuses each wrong one. */
  private String canary(Canaries canaries) throws IOException, InterruptedException {
    JsonElement right = null;
    String why = "";
    String own = canaries.model();
    for (JsonElement body : canaries.bodies()) {
      HttpResponse<String> answer = post(own, body);
      if (answer.statusCode() == 200) right = body;
      else why = answer.statusCode() + " " + violations(answer);
      if (right != null) break;
    }
    if (right == null) return "canary: no right request is accepted: " + why;
    List<String> accepted = new ArrayList<>();
    List<Canaries.Canary> spoiled = canaries.spoiled(right);
    for (Canaries.Canary canary : spoiled) {
      if (post(own, canary.body()).statusCode() == 200) accepted.add(canary.place());
    }
    // a union that cannot be compiled takes everything; 404: it is too large to be tried
    int union = post("all", right).statusCode();
    if (union == 400) return "canary: the union of all requests refuses a right one";
    if (union == 200 && post("all", new JsonObject()).statusCode() == 200)
      accepted.add("everything");
    if (spoiled.size() < 2) return "canary: no property says its type";
    if (accepted.isEmpty()) return null;
    return "canary: Prism accepts a wrong type of " + String.join(", ", accepted);
  }

  private static String violations(HttpResponse<String> answer) {
    return answer.headers().firstValue("sl-violations").orElse(answer.body());
  }

  private HttpResponse<String> post(String place, JsonElement body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(prism + place))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer key")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
