package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java or Kotlin of the README and of the Javadoc stands in a source that the build
 * compiles: before the block a comment names it, {@code <!-- film of
 * src/examples/java/examples/Blocking.java -->}, and in that source {@code // begin film} and
 * {@code // end film} enclose it. With {@code -Dquotes=write} this writes the blocks anew.
 */
class QuotesTest {
  private static final Pattern IN_MARKDOWN =
      Pattern.compile("(?ms)^()<!-- (\\S+) of (\\S+) -->\n```(?:java|kotlin)\n(.*?)^```$");
  private static final Pattern IN_JAVADOC =
      Pattern.compile(
          "(?ms)^( *\\*) <!-- (\\S+) of (\\S+) -->\n *\\*\n *\\* <pre>\\{@code\n(.*?)^ *\\* }</pre>$");

  static List<Path> papers() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src"));
        Stream<Path> top = Files.list(Path.of(""))) {
      return Stream.concat(sources, top)
          .filter(file -> !file.startsWith("src/test")) // this file
          .filter(file -> file.toString().matches(".*\\.(java|md)"))
          .filter(file -> blocks(read(file)) > 0)
          .toList();
    }
  }

  @Test
  void thereAreBlocks() throws IOException {
    assertThat(papers())
        .contains(
            Path.of("README.md"), Path.of("src/main/java/io/github/aimlvideo/VideoClient.java"));
  }

  @ParameterizedTest
  @MethodSource("papers")
  void everyBlockIsThatOfItsSource(Path paper) throws IOException {
    String text = read(paper);
    Matcher quotes = (paper.toString().endsWith(".md") ? IN_MARKDOWN : IN_JAVADOC).matcher(text);
    String quoted = quotes.replaceAll(quote -> Matcher.quoteReplacement(withSource(quote)));
    if ("write".equals(System.getProperty("quotes"))) Files.writeString(paper, quoted);

    assertThat(quotes.reset().results().count())
        .as("blocks that name their source")
        .isEqualTo(blocks(text));
    assertThat(read(paper)).isEqualTo(quoted);
  }

  private static long blocks(String text) {
    return Pattern.compile("(?m)^```(java|kotlin)$|<pre>").matcher(text).results().count();
  }

  private static String withSource(MatchResult quote) {
    String margin = quote.group(1);
    String source =
        region(Path.of(quote.group(3)), quote.group(2))
            .map(line -> (margin + (margin.isEmpty() || line.isEmpty() ? "" : " ") + line + "\n"))
            .collect(Collectors.joining());
    int from = quote.start(4) - quote.start();
    int to = quote.end(4) - quote.start();
    return new StringBuilder(quote.group()).replace(from, to, source).toString();
  }

  private static Stream<String> region(Path source, String name) {
    Matcher region =
        Pattern.compile("(?ms)^ *// begin " + name + "\n(.*?)^ *// end " + name + "$")
            .matcher(read(source));
    assertThat(region.find()).as(name + " of " + source).isTrue();
    return region
        .group(1)
        .stripTrailing()
        .stripIndent()
        .lines()
        .filter(line -> !line.matches(" *// (begin|end) \\w+"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
