package io.github.aimlvideo.cli;

import io.github.aimlvideo.cli.terminal.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that resumes, ready to paste into a shell. */
public final class ResumeHint {
  /** Words that shells leave as they are; zsh replaces {@code =name}, PowerShell {@code @name}. */
  private static final Pattern PLAIN = Pattern.compile("(?![=@])[\\p{L}\\p{N}._/:@%+=,-]+");

  /** As the user called the launcher. */
  private static final String COMMAND = System.getProperty("aiml-video.command", "aiml-video");

  private ResumeHint() {}

  /** The command that waits for a generation, with these options for its file. */
  public static String of(String id, List<String> output, @Nullable String baseUrl) {
    return with(List.of("wait", id.startsWith("-") ? "--id=" + id : id), output, baseUrl);
  }

  /** The command that shows a generation. */
  public static String status(String id, @Nullable String baseUrl) {
    return with(List.of("status", id.startsWith("-") ? "--id=" + id : id), List.of(), baseUrl);
  }

  /** The command that finds a create whose response was lost. */
  public static String recover(
      String clientRequestId, List<String> output, @Nullable String baseUrl) {
    if (!clientRequestId.startsWith("-")) {
      return with(List.of("recover", clientRequestId), output, baseUrl);
    }
    return with(List.of("recover"), output, baseUrl) + " -- " + quote(clientRequestId);
  }

  private static String with(List<String> command, List<String> output, @Nullable String baseUrl) {
    List<String> words = new ArrayList<>(command);
    words.addAll(output);
    if (baseUrl != null) words.addAll(List.of("--base-url", baseUrl));
    return of(words);
  }

  /** The command with these arguments. */
  public static String of(List<String> words) {
    return Stream.concat(Stream.of(COMMAND), words.stream())
        .map(ResumeHint::quote)
        .collect(Collectors.joining(" "));
  }

  /** A word, quoted for a shell if it has to be. */
  public static String quote(String word) {
    if (PLAIN.matcher(word).matches()) return word;
    return word.codePoints().anyMatch(TerminalText::isHidden)
        ? "$'" + escape(word) + "'"
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** For {@code $'...'} of bash, zsh and POSIX.1-2024, in bytes, which need no UTF-8 locale. */
  private static String escape(String word) {
    StringBuilder escaped = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              if (TerminalText.isHidden(c)) escaped.append(octal(c));
              else if (c == '\'' || c == '\\') escaped.append('\\').appendCodePoint(c);
              else escaped.appendCodePoint(c);
            });
    return escaped.toString();
  }

  private static String octal(int c) {
    StringBuilder octal = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      octal.append(String.format("\\%03o", b & 0xff));
    }
    return octal.toString();
  }
}
