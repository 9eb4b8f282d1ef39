package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void followsTheConventionsOfTheSystem() {
    assertThat(CacheFolder.of(NONE, "/home/mona", "Linux"))
        .contains(Path.of("/home/mona/.cache/aiml-video"));
    assertThat(CacheFolder.of(NONE, "/Users/mona", "Mac OS X"))
        .contains(Path.of("/Users/mona/Library/Caches/aiml-video"));
    assertThat(CacheFolder.of(Map.of("LOCALAPPDATA", "/c/local"), "/c/mona", "Windows 11"))
        .contains(Path.of("/c/local/aiml-video"));
  }

  @Test
  void xdgCacheHomeTakesPrecedence() {
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/var/mine"), "/home/mona", "Linux"))
        .contains(Path.of("/var/mine/aiml-video"));
  }

  @Test
  void isEmptyIfTheSystemHasNone() {
    assertThat(CacheFolder.of(NONE, null, "Linux")).isEmpty();
    assertThat(CacheFolder.of(NONE, "", "Linux")).isEmpty();
    assertThat(CacheFolder.of(NONE, "C:\\mona", "Windows 11")).isEmpty();
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative"), "/home/mona", "Linux"))
        .isEmpty();
  }
}
