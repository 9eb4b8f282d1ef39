package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.studio.code.JavaCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request means: its problems by field, and how to send it without the studio. */
final class RequestCheck {
  private static final Pattern FIELD = Pattern.compile("[a-z]\\w*");

  private final UntypedVideoRequest request;
  private final RequestArchive archive;
  private final List<String> violations;

  RequestCheck(RequestArchive archive) {
    request = archive.request();
    this.archive = archive;
    violations = request.violations();
  }

  /**
   * All of it.
   *
   * @param name that the generation would have
   */
  JsonObject toJson(String name, @Nullable String baseUrl) {
    JsonArray problems = new JsonArray();
    violations.forEach(each -> problems.add(problem("error", each, leading(each))));
    warnings().forEach(each -> problems.add(problem("warning", each, mentioned(each))));
    JsonObject json = new JsonObject();
    json.add("problems", problems);
    json.addProperty("json", archive.json());
    json.addProperty("java", java(name, baseUrl));
    json.addProperty("command", command(name, baseUrl));
    json.addProperty("nextName", name);
    return json;
  }

  private static JsonObject problem(String level, String message, Set<String> fields) {
    JsonObject json = new JsonObject();
    json.addProperty("level", level);
    json.addProperty("message", message);
    JsonArray names = new JsonArray();
    fields.forEach(names::add);
    json.add("fields", names);
    return json;
  }

  /** A violation begins with its property. */
  private static Set<String> leading(String violation) {
    Matcher field = FIELD.matcher(violation);
    return field.lookingAt() ? Set.of(field.group()) : Set.of();
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (violations.isEmpty()) {
      boolean isTyped = !(request.toTyped() instanceof UntypedVideoRequest);
      boolean hasPrompt = request.properties().containsKey("prompt");
      if (isTyped && !hasPrompt) warnings.add("no prompt; the video may show anything");
    }
    warnings.addAll(request.warnings());
    return warnings;
  }

  /** The properties that a warning names, by the words that are left of them in a sentence. */
  private Set<String> mentioned(String warning) {
    Set<String> words = new LinkedHashSet<>();
    Matcher word = FIELD.matcher(warning);
    while (word.find()) words.add(word.group());
    boolean masks = words.contains("mask") || words.contains("masks");
    Set<String> fields = new LinkedHashSet<>(words);
    Set<String> known = new LinkedHashSet<>(request.properties().keySet());
    known.addAll(List.of("prompt", "duration"));
    fields.retainAll(known);
    known.stream().filter(name -> masks && name.contains("mask")).forEach(fields::add);
    return fields;
  }

  private String java(String name, @Nullable String baseUrl) {
    VideoRequest best = violations.isEmpty() ? request.toTyped() : request;
    return JavaCode.of(best, archive::file, name, baseUrl);
  }

  /** With the ZIP in the current folder. */
  private static String command(String name, @Nullable String baseUrl) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("generate", "--request", name + "/" + RequestArchive.REQUEST));
    words.addAll(List.of("-o", name + ".mp4"));
    if (baseUrl != null) words.addAll(List.of("--base-url", baseUrl));
    String zip = ResumeHint.quote(name + ".zip");
    return "unzip -d " + ResumeHint.quote(name) + " " + zip + " && " + ResumeHint.of(words);
  }
}
