package io.github.aimlvideo.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * What picocli would print for the version, for help and for completion, without picocli: to set it
 * up takes longer than all else. {@link HelpFiles} made the files when the jar was built.
 */
final class KnownAnswer {
  /** Of a command there is help if the build found it. */
  private static final Pattern COMMAND = Pattern.compile("[a-z]+");

  private KnownAnswer() {}

  /** The answer to these arguments; empty if picocli is to answer. */
  static Optional<String> to(String... args) {
    if (args.length == 2 && args[1].equals("--help") && COMMAND.matcher(args[0]).matches()) {
      return file(args[0] + ".help");
    }
    if (args.length != 1) return Optional.empty();
    return switch (args[0]) {
      case "--version", "-V" -> Optional.of(version() + System.lineSeparator());
      case "--help", "-h", "help" -> file("aiml-video.help");
      case "completion" -> file("completion.bash");
      default -> Optional.empty();
    };
  }

  /** The version of the jar. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "aiml-video " + (version == null ? "(not packaged)" : version);
  }

  /** Empty where the build has put no such file, as in an IDE. */
  private static Optional<String> file(String ofBuild) {
    String name = "io/github/aimlvideo/cli/" + ofBuild;
    try {
      // getResource() would read the modules of the JDK before this jar, which takes 30 ms
      Path place =
          Path.of(KnownAnswer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) return Optional.of(Files.readString(place.resolve(name)));
      try (ZipFile jar = new ZipFile(place.toFile())) {
        byte[] text = jar.getInputStream(jar.getEntry(name)).readAllBytes();
        return Optional.of(new String(text, StandardCharsets.UTF_8));
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
