package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The executable jar contains third-party code, so it must contain the licences. */
class ThirdPartyIT {
  private static final Pattern ENTRY = Pattern.compile("\\(([^()]+)\\) .* \\(([^: ]+):([^: ]+):");

  @Test
  void jarListsItsThirdParties() throws IOException {
    assertThat(thirdParties())
        .extracting(entry -> entry.group(3))
        .contains(
            "retrofit", "okhttp-jvm", "gson", "kotlin-stdlib", "picocli", "fastcsv", "postgresql")
        .doesNotContain("junit-jupiter", "jakarta.annotation-api");
  }

  @Test
  void jarHasEachLicence() throws IOException {
    try (JarFile jar = jar()) {
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0");
      for (MatchResult entry : thirdParties()) {
        if (entry.group(1).equals("Apache-2.0")) continue;
        assertThat(text(jar, "META-INF/licenses/" + entry.group(3) + ".txt")).contains("Copyright");
      }
    }
  }

  private static List<MatchResult> thirdParties() throws IOException {
    try (JarFile jar = jar()) {
      return ENTRY.matcher(text(jar, "META-INF/THIRD-PARTY.txt")).results().toList();
    }
  }

  private static JarFile jar() throws IOException {
    return new JarFile(Path.of("target", "aiml-video.jar").toFile());
  }

  private static String text(JarFile jar, String name) throws IOException {
    assertThat(jar.getEntry(name)).as(name).isNotNull();
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
