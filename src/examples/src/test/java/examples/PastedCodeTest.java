package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Java code of the READMEs compiles as pasted: imports included, in a file named after its class.
 */
class PastedCodeTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  @Test
  void theProgramsOfBatchesCompile(@TempDir Path folder) throws IOException {
    List<String> programs =
        code(Path.of("README.md")).stream().filter(code -> code.contains("void main")).toList();

    assertThat(programs).hasSize(2);
    assertThat(programs).allSatisfy(each -> assertThat(errors(each, folder)).isEmpty());
  }

  @Test
  void theReadmeHasAProgramAndATestThatCompile(@TempDir Path folder) throws IOException {
    List<String> code = code(Path.of("../../README.md"));

    assertThat(code).hasSizeGreaterThanOrEqualTo(2);
    assertThat(code).allSatisfy(each -> assertThat(errors(each, folder)).isEmpty());
    assertThat(code).anySatisfy(each -> assertThat(each).contains("void main(String[] args)"));
    assertThat(code).anySatisfy(each -> assertThat(each).contains("@Test"));
  }

  private static List<String> code(Path readme) throws IOException {
    return JAVA.matcher(Files.readString(readme)).results().map(block -> block.group(1)).toList();
  }

  private static String errors(String code, Path folder) {
    Matcher name = CLASS.matcher(code);
    if (!name.find()) return "no class in: " + code;
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    ToolProvider.getSystemJavaCompiler()
        .getTask(errors, null, null, options, null, List.of(source))
        .call();
    return errors.toString();
  }
}
