package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCacheTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, HOME=/home/fox, /home/fox/.cache/aiml-video",
    "Linux, HOME=/home/fox XDG_CACHE_HOME=/var/cache/fox, /var/cache/fox/aiml-video",
    "Linux, HOME=/home/fox XDG_CACHE_HOME=cache, /home/fox/.cache/aiml-video",
    "Linux, HOME=/home/fox XDG_CACHE_HOME=, /home/fox/.cache/aiml-video",
    "Mac OS X, HOME=/Users/fox, /Users/fox/Library/Caches/aiml-video",
    "Windows 11, LOCALAPPDATA=/C/Local HOME=/other, /C/Local/aiml-video",
    "Windows 11, HOME=/other,",
    "Linux, PATH=/bin,",
    "Linux, HOME=fox,",
  })
  void folderIsThatOfTheSystem(String system, String variables, Path folder) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      int end = variable.indexOf('=');
      environment.put(variable.substring(0, end), variable.substring(end + 1));
    }

    assertThat(UserCache.folder(environment, system).orElse(null)).isEqualTo(folder);
  }

  @Test
  void nameThatIsNoPathIsIgnored() {
    assertThat(UserCache.folder(Map.of("HOME", "/a\0b"), "Linux")).isEmpty();
  }
}
