import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.aimlvideo.fixture.Canaries;
import io.github.aimlvideo.fixture.Contract;
import io.github.aimlvideo.fixture.GeneratedClasses;
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
import java.util.Set;
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
 * The Java part of {@code scripts/regenerate --try}: generates the client of a contract as the
 * build does, compiles and loads it, and sends requests to Prism. Runs in the root folder, from its source,
 * with the tests of the client and the generator on the class path.
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

  /**
   * Takes the URL of Prism and folders with {@code aiml-video.yaml}, {@code client.yaml} and {@code
   * requests.txt}, the titles of the requests to send. Prints for each folder its name and {@code
   * ok} or the reason of its failure.
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
    String error = compile(sources);
    if (error != null) return error;
    List<String> titles = Files.readAllLines(folder.resolve("requests.txt"));
    Contract contract = Contract.read(folder.resolve("aiml-video.yaml"));
    List<String> violations =
        GeneratedClasses.load(folder.resolve("classes"), "").violations(contract, Set.copyOf(titles));
    if (!violations.isEmpty()) return "loaded: " + violations.get(0);
    for (Canaries canaries : contract.canaries().toList()) {
      if (titles.contains(canaries.title())) error = send(canaries);
      if (error != null) return error;
    }
    return "ok";
  }

  /** With the settings of the build, from generator.yaml and the POM of the client. */
  private void generate(Path sources) {
    CodegenConfigurator settings = CodegenConfigurator.fromFile("openapi/generator.yaml");
    settings.setInputSpec(folder.resolve("client.yaml").toString());
    settings.setOutputDir(sources.toString());
    settings.setTemplateDir(Path.of("src/client/src/main/templates").toAbsolutePath().toString());
    for (String part : List.of("apis", "models")) settings.addGlobalProperty(part, "");
    settings.addGlobalProperty("supportingFiles", "RequestClasses.java,package-info.java");
    for (String part : List.of("apiTests", "apiDocs", "modelTests", "modelDocs")) {
      settings.addGlobalProperty(part, "false");
    }
    new DefaultGenerator().opts(settings.toClientOptInput()).generate();
  }

  /** As strictly as the build; returns the first error or warning, or null. */
  private String compile(Path sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(found, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options = new ArrayList<>(List.of("-Xlint:all", "-Xdoclint:all,-missing"));
      options.addAll(List.of("-d", classes.toString(), "-proc:none", "--release", "17"));
      var units = files.getJavaFileObjectsFromPaths(java);
      if (COMPILER.getTask(null, files, found, options, null, units).call()
          && found.getDiagnostics().isEmpty()) return null;
    }
    Diagnostic<?> first = found.getDiagnostics().get(0);
    return "javac: " + first.getMessage(Locale.ROOT) + " (" + first.getSource() + ")";
  }

  /** Returns null if Prism accepts a valid request and refuses each invalid one. */
  private String send(Canaries canaries) throws IOException, InterruptedException {
    JsonElement valid = null;
    String reason = "";
    for (JsonElement body : canaries.bodies()) {
      HttpResponse<String> response = post(canaries.model(), body);
      if (response.statusCode() == 200) valid = body;
      else reason = response.statusCode() + " " + violations(response);
      if (valid != null) break;
    }
    if (valid == null) return "canary: Prism refuses every valid request: " + reason;
    List<String> accepted = accepted(canaries, valid);
    // it accepts everything if it cannot compile the union; 404: the union is too large for a trial
    int union = post("all", valid).statusCode();
    if (union == 400) return "canary: the union of all requests refuses a valid one";
    if (union == 200 && post("all", new JsonObject()).statusCode() == 200)
      accepted.add("the union");
    if (canaries.spoiled(valid).size() < 2) return "canary: no property has a type";
    if (accepted.isEmpty()) return null;
    return "canary: Prism accepts a wrong type of " + String.join(", ", accepted);
  }

  /** The places at which Prism accepts a wrong type. */
  private List<String> accepted(Canaries canaries, JsonElement valid)
      throws IOException, InterruptedException {
    List<String> accepted = new ArrayList<>();
    for (Canaries.Canary canary : canaries.spoiled(valid)) {
      int status = post(canaries.model(), canary.body()).statusCode();
      if (status == 200) accepted.add(canary.place());
    }
    return accepted;
  }

  private static String violations(HttpResponse<String> response) {
    return response.headers().firstValue("sl-violations").orElse(response.body());
  }

  private HttpResponse<String> post(String path, JsonElement body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(prism + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer key")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
