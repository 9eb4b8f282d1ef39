package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.aimlvideo.cli.CommandHost;
import io.github.aimlvideo.cli.CommandHost.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request as a ZIP, out and in again. */
class ArchiveTest {
  @TempDir private Path folder;
  private Studio studio;

  @BeforeEach
  void start() {
    studio = new Studio(folder.resolve("studio"));
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void generateTakesTheArchiveAsItIs() throws IOException {
    byte[] zip = zip(request());

    try (CommandHost host = CommandHost.take()) {
      List<String> files = unpack(zip, host.folder().resolve("fox-3"));
      Run run =
          host.run(
              "generate",
              "--request",
              "fox-3/request.json",
              "--dry-run",
              "--base-url",
              studio.api.url());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("image_url: ", "fox-3/my-fox.png (image/png, ", "static-mask.png (image/png, ")
          .contains("dynamic-mask-1.png", "dynamic-mask-2.png", "\"x\":7");
      assertThat(files)
          .containsExactly(
              "request.json",
              "my-fox.png",
              "static-mask.png",
              "dynamic-mask-1.png",
              "dynamic-mask-2.png");
    }
  }

  @Test
  void importHasTheSameRequestAndImages() throws IOException {
    byte[] zip = zip(request());

    JsonObject imported = Studio.json(studio.post("import", zip));

    JsonObject images = imported.getAsJsonObject("images");
    assertThat(images.size()).isEqualTo(4);
    String mask =
        imported
            .getAsJsonObject("request")
            .getAsJsonArray("dynamic_masks")
            .get(1)
            .getAsJsonObject()
            .get("mask")
            .getAsString();
    assertThat(mask).startsWith("image:");
    JsonObject info = images.getAsJsonObject(mask.substring("image:".length()));
    assertThat(info.get("name").getAsString()).isEqualTo("dynamic-mask-2.png");
    assertThat(info.get("width").getAsInt()).isEqualTo(43);
    byte[] again = zip(imported.get("request").toString());
    List<String> files = unpack(zip, folder.resolve("one"));
    assertThat(unpack(again, folder.resolve("two"))).isEqualTo(files);
    for (String file : files) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void equalNamesGetNumbers() throws IOException {
    String one = studio.upload("a.png", Studio.png(300, 300));
    String two = studio.upload("dir%2FA.png", Studio.png(301, 300));
    String three = studio.upload("..%5C..%5Cb%24.gif", Studio.png(302, 300));

    byte[] zip =
        zip(
            "{'model':'a/b','image_url':'%s','tail_image_url':'%s','image':'%s','images':['%s']}"
                .formatted(one, two, three, one));

    assertThat(unpack(zip, folder.resolve("out")))
        .containsExactly("request.json", "a.png", "A-2.png", "b-.gif.png");
  }

  @Test
  void requestAloneIsImportedWithItsUrlsAndData() {
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(Studio.png(50, 40));

    JsonObject imported =
        Studio.json(
            studio.post(
                "import",
                "{'model':'%s','image_url':'https://example.com/a.png','static_mask':'%s'}"
                    .formatted(Studio.MODEL, data)));

    JsonObject request = imported.getAsJsonObject("request");
    assertThat(request.get("image_url").getAsString()).isEqualTo("https://example.com/a.png");
    String mask = request.get("static_mask").getAsString();
    assertThat(mask).startsWith("image:");
    assertThat(imported.getAsJsonObject("images").keySet()).containsExactly(mask.substring(6));
    assertThat(imported.toString()).contains("\"name\":\"static-mask.png\"");
  }

  /** A form would show and send something else. */
  @Test
  void requestThatGenerateRefusesIsNotOpened() {
    String request =
        "{'model':'%s','image_url':'https://a/b.png','duration':7,'nope':1,"
            + "'camera_control':{'type':'simple','config':{'pan':15}}}";

    assertThat(Studio.message(studio.post("import", request.formatted(Studio.MODEL)), 400))
        .contains("duration = 7 must be 5 or 10", "camera_control.config.pan", "nope is not a")
        .hasLineCount(1);
  }

  @Test
  void openedRequestHasTheTypesOfTheContract() {
    String heic = "data:image/heic;base64,AAAAGGZ0eXBoZWlj";

    JsonObject imported =
        Studio.json(
            studio.post(
                "import",
                "{'model':'%s','image_url':'%s','duration':'10','prompt':null}"
                    .formatted(Studio.MODEL, heic)));

    assertThat(imported.getAsJsonObject("request").toString())
        .isEqualTo(
            "{\"model\":\"%s\",\"image_url\":\"%s\",\"duration\":10}"
                .formatted(Studio.MODEL, heic));
  }

  @Test
  void folderInTheArchiveIsFine() throws IOException {
    byte[] zip =
        zipOf(
            "fox-3/request.json",
            "{\"model\":\"a/b\",\"image\":\"fox.png\"}",
            "fox-3/fox.png",
            new String(Studio.png(9, 9), StandardCharsets.ISO_8859_1));

    assertThat(Studio.json(studio.post("import", zip)).toString()).contains("\"name\":\"fox.png\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.png", "/x.png", "a/../../x.png", "a\\x.png", "C:x.png"})
  void pathThatLeavesTheArchiveIsRefused(String path) throws IOException {
    byte[] zip = zipOf("request.json", "{\"model\":\"a/b\"}", path, "x");

    assertThat(Studio.message(studio.post("import", zip), 400))
        .startsWith("the ZIP has a path that leaves it: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/hostname", "../fox.png", "other.png", "file:///etc/passwd"})
  void fileOfThisMachineIsNotRead(String path) throws IOException {
    Files.write(folder.resolve("fox.png"), Studio.png(9, 9));
    String request = "{\"model\":\"a/b\",\"image\":\"" + path + "\"}";

    assertThat(Studio.message(studio.post("import", zipOf("request.json", request)), 400))
        .startsWith("request.json: image: ")
        .contains(path);
    assertThat(Studio.message(studio.post("import", request), 400)).contains(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other.json | {} | the ZIP has no request.json",
        "request.json | [] | not a JSON object",
        "request.json | { | not valid JSON (line 1, column 2)",
        "request.json | {} | model is missing; it is required",
        "request.json | {\"model\":\"a\",\"a\":{\"b\":1,\"b\":2}} | a.b occurs twice",
      })
  void archiveWithoutARequestIsOneLine(String name, String content, String message)
      throws IOException {
    assertThat(Studio.message(studio.post("import", zipOf(name, content)), 400)).isEqualTo(message);
  }

  /** Text in another encoding would else be bought with other letters. */
  @Test
  void requestThatIsNotUtf8IsRefused() throws IOException {
    byte[] latin =
        "{\"model\":\"a\",\"prompt\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Studio.message(studio.post("import", latin), 400)).isEqualTo("not UTF-8");
  }

  @Test
  void damagedArchiveIsOneLine() throws IOException {
    byte[] zip = zip(request());

    for (int length : List.of(4, 60, 100)) {
      byte[] damaged = Arrays.copyOf(zip, length);
      assertThat(Studio.message(studio.post("import", damaged), 400)).startsWith("the ZIP is ");
    }
  }

  @Test
  void bombIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("zeros"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 257; i++) zip.write(zeros);
    }

    assertThat(Studio.message(studio.post("import", bomb.toByteArray()), 413))
        .endsWith(" MB unpacked");
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 101; i++) files.addAll(List.of("file" + i, ""));

    HttpResponse<byte[]> response = studio.post("import", zipOf(files.toArray(String[]::new)));

    assertThat(Studio.message(response, 400)).isEqualTo("the ZIP has more than 100 files");
  }

  private String request() {
    String image = studio.upload("my%20fox.png", Studio.png(400, 300));
    String still = studio.upload("mask", Studio.png(400, 301));
    String one = studio.upload("mask", Studio.png(42, 30));
    String two = studio.upload("mask", Studio.png(43, 30));
    String trajectory = "'trajectories':[{'x':7,'y':2},{'x':3,'y':4}]";
    return """
        {'model':'%s','image_url':'%s','prompt':'runs','static_mask':'%s',
         'dynamic_masks':[{'mask':'%s',%s},{'mask':'%s',%s}]}"""
        .formatted(Studio.MODEL, image, still, one, trajectory, two, trajectory);
  }

  private byte[] zip(String request) {
    HttpResponse<byte[]> response =
        studio.post("archive", "{'name':'fox-3','request':" + request + "}");
    assertThat(response.statusCode()).as(Studio.text(response)).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''fox-3.zip");
    return response.body();
  }

  /** Names and contents in turn. */
  private static byte[] zipOf(String... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(files[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> unpack(byte[] zip, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        Files.write(folder.resolve(entry.getName()), in.readAllBytes());
      }
    }
    return names;
  }
}
