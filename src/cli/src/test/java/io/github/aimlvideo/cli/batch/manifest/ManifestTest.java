package io.github.aimlvideo.cli.batch.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.cli.batch.manifest.Manifest.InvalidManifestException;
import io.github.aimlvideo.cli.request.InputFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is read as it was meant, or refused with row and column. */
class ManifestTest {
  private static final String HEADER = "name,image_url,prompt\n";
  private static final String FOX = "fox,https://a/b.png,runs\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // unclosed, at the end of the file or up to the next quote
        "fox,https://a/b,\"runs$owl,https://a/b,flies$          | row 2, column prompt: the quote",
        "fox,https://a/b,\"runs$owl,https://a/b,\"flies\"$cat,, | row 2, column prompt: text after",
        "fox,https://a/b,runs$\"owl,https://a/b,flies           | row 3, column name: the quote",
        "fox,https://a/b,\"runs\"\"$                            | row 2, column prompt: the quote",
        "fox,https://a/b,\"                                     | row 2, column prompt: the quote",
        "fox,https://a/b,\"a$b$c\"$$owl,\"https://a/b,flies     | row 4, column image_url: the quote",
        // after a closing quote
        "fox,https://a/b,\"The \"red\" fox\"$                   | row 2, column prompt: text after",
        "\"fox\"x,https://a/b,runs$                             | row 2, column name: text after",
        "fox,https://a/b,\"\"runs$                              | row 2, column prompt: text after",
        // more or fewer cells than the header
        "fox,https://a/b,The fox runs, fast$                    | row 2, column 4: the header has only 3 columns; put a text that contains ',' in quotes",
        "fox,https://a/b$                                       | row 2, column prompt: missing; the row ends before it",
        "fox$                                                   | row 2, column image_url: missing; the row ends before it",
        "fox,https://a/b,runs,,x$                               | row 2, column 5: the header has only",
      })
  void whatAParserForgivesIsRefused(String rows, String violation) {
    assertThat(violations(HEADER + rows.replace('$', '\n')))
        .singleElement()
        .asString()
        .startsWith(violation);
  }

  @Test
  void quoteInTheHeaderIsRefused() {
    assertThat(violations("name,\"image_url,prompt\n" + FOX))
        .containsExactly("row 1, column 2: the quote that opens the cell is never closed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,image_url,prompt\nfox,https://a/b.png,runs\n,,\n,,,,,\n\n \n",
        "name,image_url,prompt,,\nfox,https://a/b.png,runs,,\n",
        "name,image_url,prompt,,\nfox,https://a/b.png,runs\n",
        "name,image_url,prompt\nfox,https://a/b.png,runs,, ,\n",
        "name,,image_url,prompt\nfox,,https://a/b.png,runs\n",
        ",,,\nname,image_url,prompt,duration\nfox,https://a/b.png,runs,\n",
        "name;image_url;prompt\nfox;https://a/b.png;runs\n",
        "name\timage_url\tprompt\r\nfox\thttps://a/b.png\truns\r\n",
        "sep=;\r\nname;image_url;prompt\r\nfox;https://a/b.png;runs\r\n",
        "SEP=,\nname,image_url,prompt\nfox,https://a/b.png,runs",
        "\"sep=|\"\nname|image_url|prompt\nfox|https://a/b.png|runs",
        " Name , IMAGE_URL,Prompt \n fox , https://a/b.png, runs \n",
        "\"name\" , \"image_url\" , \"prompt\"\n\"fox\" , \"https://a/b.png\" , \"runs\"\n",
        "\uFEFFname,image_url,prompt\nfox,https://a/b.png,runs\n",
        "name,image_url,prompt\rfox,https://a/b.png,runs\r",
        "{\"name\":\"fox\",\"image_url\":\"https://a/b.png\",\"prompt\":\"runs\"}",
        "[{\"name\":\"fox\",\n\"image_url\":\"https://a/b.png\",\n\"prompt\":\"runs\"}]",
      })
  void otherWaysToWriteItAreRead(String text) {
    assertThat(read(text)).singleElement().satisfies(ManifestTest::isFox);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void byteOrderMarkTellsTheEncoding(String charset) throws IOException {
    String text = "\uFEFF" + HEADER + "fox,https://a/b.png,Füchse \ud83e\udd8a\n";

    assertThat(read(text.getBytes(Charset.forName(charset))))
        .extracting(ManifestRow::prompt)
        .containsExactly("Füchse \ud83e\udd8a");
  }

  @ParameterizedTest
  @CsvSource({
    "504b030414000600, a workbook; save its sheet as CSV in UTF-8",
    "d0cf11e0a1b11ae1, a workbook; save its sheet as CSV in UTF-8",
    "6e616d65e4, not UTF-8; save it in that encoding",
    "fffe6e00dc, not UTF-8; save it in that encoding",
    "6e0061006d006500, not a text in UTF-8; save it in that encoding",
    "feff00d8, no column image_url or model",
    "'', no rows",
  })
  void otherFilesAreNamed(String bytes, String problem) {
    assertThat(violations(HexFormat.of().parseHex(bytes)))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fox,https://a/b.png,runs | row 1: no column image_url or model; the first row must be a header",
        "name,image,prompt | row 1, column image: no column image_url or model; did you mean image_url?",
        "name;imge_url;prompt | row 1, column imge_url: no column image_url or model; did you mean image_url?",
        "name,modle | row 1, column modle: no column image_url or model; did you mean model?",
        "name,Image_url,image_URL | row 1, column image_url: appears twice",
      })
  void manifestWithoutAHeaderIsNamed(String header, String violation) {
    assertThat(violations(header + "\nowl,https://a/c.png,flies\n"))
        .singleElement()
        .asString()
        .startsWith(violation);
  }

  @Test
  void valueBelowNoNameIsRefused() {
    assertThat(violations("name,,image_url\nfox,5,https://a/b\n"))
        .containsExactly("row 2, column 2: the header has no name for it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "promt | promt is not a property of kling-video/v1/standard/image-to-video; did you mean prompt?",
        "Duraton | duraton is not a property of kling-video/v1/standard/image-to-video; did you mean duration?",
        "cfgScale | cfgScale is not a property of kling-video/v1/standard/image-to-video; did you mean cfg_scale?",
        "weather | weather is not a property of kling-video/v1/standard/image-to-video, which has ",
      })
  void nearestColumnIsSuggested(String column, String violation) {
    assertThat(violations("name,image_url," + column + "\nfox,https://a/b,5\n"))
        .singleElement()
        .asString()
        .startsWith("row 2, column ")
        .contains(violation);
  }

  @Test
  void camelCaseOfAnotherModelIsKept() {
    String text = "model,image_url,aspectRatio,SEED\nother/model,https://a/fox.png,16:9,7\n";

    assertThat(read(text).get(0).properties().keySet()).contains("aspectRatio", "seed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"fox\"            | row 1: not valid JSON",
        "{name:fox}                   | row 1: not valid JSON",
        "{\"name\":'fox'}             | row 1: not valid JSON",
        "{\"name\":\"fox\"} {}        | row 1: not valid JSON",
        "[{\"name\":\"fox\"           | not valid JSON (line 1, column ",
        "[{},,{}]                     | not valid JSON (line 1, column ",
        "[[\"fox\"]]                  | row 1: not a JSON object; each row needs one",
        "[\"fox\", 5]                 | rows 1-2: not a JSON object; each row needs one",
        "[]                           | no rows",
      })
  void invalidJsonIsRefused(String text, String violation) {
    assertThat(violations(text)).singleElement().asString().startsWith(violation);
  }

  @Test
  void placeIsNamedOnce() {
    assertThat(violations(HEADER + "fox,missing.png,runs\n"))
        .singleElement()
        .asString()
        .startsWith("row 2, column image_url: no such file: ");
  }

  @Test
  void longNameIsShortened() {
    assertThat(violations(HEADER + "x/".repeat(5000) + ",https://a/b,runs\n"))
        .singleElement()
        .asString()
        .hasSizeLessThan(300);
  }

  @Test
  void quotedCellsAreKeptAsTheyAre() {
    String prompt = " The \"red\" fox,\r\nthe snow; ";
    String cell = "\"" + prompt.replace("\"", "\"\"") + "\"";

    assertThat(read(HEADER + "fox,https://a/b," + cell + "\n"))
        .extracting(ManifestRow::prompt)
        .containsExactly(prompt);
  }

  private static void isFox(ManifestRow row) {
    assertThat(row.name()).isEqualTo("fox");
    assertThat(row.image()).isEqualTo("https://a/b.png");
    assertThat(row.prompt()).isEqualTo("runs");
  }

  private List<ManifestRow> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<ManifestRow> read(byte[] bytes) {
    try {
      return Manifest.read(Files.write(folder.resolve("m.csv"), bytes), new InputFiles());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> violations(String text) {
    return violations(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> violations(byte[] bytes) {
    return catchThrowableOfType(InvalidManifestException.class, () -> read(bytes)).violations();
  }
}
