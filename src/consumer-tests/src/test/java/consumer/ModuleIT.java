package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module exports its API and keeps the rest to itself. */
class ModuleIT {
  private static final String MODULE = "module probe { requires io.github.aimlvideo; }";

  @TempDir Path folder;

  @Test
  void exportsTheApiOnly() throws IOException {
    ModuleDescriptor module =
        ModuleFinder.of(Jars.named("aiml-video-client"))
            .find("io.github.aimlvideo")
            .orElseThrow()
            .descriptor();

    assertThat(module.isAutomatic()).isFalse();
    assertThat(module.exports())
        .filteredOn(export -> !export.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "io.github.aimlvideo",
            "io.github.aimlvideo.account",
            "io.github.aimlvideo.api",
            "io.github.aimlvideo.catalog",
            "io.github.aimlvideo.kling",
            "io.github.aimlvideo.model");
  }

  @Test
  void theBatchHasTheNameOfAModule() throws IOException {
    assertThat(ModuleFinder.of(Jars.named("aiml-video-batch")).find("io.github.aimlvideo.batch"))
        .isPresent();
  }

  @Test
  void aPublicClassOfTheApiIsAccessible() throws IOException {
    assertThat(new Modules(folder).compile(MODULE, use("io.github.aimlvideo.VideoClient")))
        .isEmpty();
  }

  @Test
  void anInternalClassIsNotAccessible() throws IOException {
    assertThat(new Modules(folder).compile(MODULE, use(internalClass())))
        .containsExactly("compiler.err.package.not.visible");
  }

  private Path use(String type) throws IOException {
    return Files.writeString(
        folder.resolve("Probe.java"), "package probe; class Probe { " + type + " used; }");
  }

  /** Some top-level class of an internal package. */
  private static String internalClass() throws IOException {
    try (JarFile jar = new JarFile(Jars.named("aiml-video-client").toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.matches("io/github/aimlvideo/internal/[^$-]+\\.class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .findFirst()
          .orElseThrow();
    }
  }
}
