package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java or Kotlin in a Markdown file or in Javadoc is quoted from a source that the
 * build compiles. A comment before the block names the source, {@code <!-- video of
 * src/examples/src/main/java/examples/GenerateVideo.java -->}, where {@code // begin video} and
 * {@code // end video} enclose the lines. With {@code -Dquotes=write} the test updates the blocks.
 */
class QuotesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path THIS = Path.of("src/examples/src/test/java/examples/QuotesTest.java");
  private static final Pattern BLOCK = Pattern.compile("(?m)^```(java|kotlin)$|<pre>");
  private static final Pattern IN_MARKDOWN =
      Pattern.compile("(?ms)^()<!-- (\\S+) of (\\S+) -->\n```(?:java|kotlin)\n(.*?)^```$");
  private static final Pattern IN_JAVADOC =
      Pattern.compile(
          "(?ms)^( *\\*) <!-- (\\S+) of (\\S+) -->\n *\\*\n *\\* <pre>\\{@code\n(.*?)^ *\\* }</pre>$");

  /** All files that have a block, relative to the root of the repository. */
  static List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return Set.of("target", "node_modules", ".git")
                    .contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path name = ROOT.relativize(file);
            if (name.toString().matches(".*\\.(java|md)")
                && !name.equals(THIS)
                && BLOCK.matcher(read(name)).find()) {
              found.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  @Test
  void filesWithBlocksAreFound() throws IOException {
    assertThat(files())
        .contains(
            Path.of("README.md"),
            Path.of("src/client/src/main/java/io/github/aimlvideo/VideoClient.java"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyBlockEqualsItsSource(Path file) throws IOException {
    String text = read(file);
    Pattern form = file.toString().endsWith(".md") ? IN_MARKDOWN : IN_JAVADOC;
    String updated =
        form.matcher(text).replaceAll(quote -> Matcher.quoteReplacement(withSource(quote)));
    if ("write".equals(System.getProperty("quotes")))
      Files.writeString(ROOT.resolve(file), updated);

    assertThat(form.matcher(text).results().count())
        .as("blocks that name their source")
        .isEqualTo(BLOCK.matcher(text).results().count());
    assertThat(read(file)).isEqualTo(updated);
  }

  private static String withSource(MatchResult quote) {
    String margin = quote.group(1);
    String source =
        region(Path.of(quote.group(3)), quote.group(2))
            .map(line -> margin + (margin.isEmpty() || line.isEmpty() ? "" : " ") + line + "\n")
            .collect(Collectors.joining());
    int from = quote.start(4) - quote.start();
    int to = quote.end(4) - quote.start();
    return new StringBuilder(quote.group()).replace(from, to, source).toString();
  }

  private static Stream<String> region(Path source, String name) {
    Matcher region =
        Pattern.compile("(?ms)^ *// begin " + name + "\n(.*?)^ *// end " + name + "$")
            .matcher(read(source));
    assertThat(region.find()).as("%s of %s", name, source).isTrue();
    return region
        .group(1)
        .stripTrailing()
        .stripIndent()
        .lines()
        .filter(line -> !line.matches(" *// (begin|end) \\w+"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
