package io.github.aimlvideo.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command line that goes on with a generation, ready to paste into a shell. */
final class ResumeCommand {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._/:@%+=,-]+");

  /** How the launcher was called. */
  private static final String NAME = System.getProperty("aiml-video.command", "aiml-video");

  private ResumeCommand() {}

  static String of(String id, Path output, String baseUrl) {
    StringBuilder command = new StringBuilder(quote(NAME)).append(" wait ");
    command.append(quote(id.startsWith("-") ? "--id=" + id : id));
    if (output != null) command.append(" -o ").append(quote(output.toString()));
    if (baseUrl != null) command.append(" --base-url ").append(quote(baseUrl));
    return command.toString();
  }

  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
