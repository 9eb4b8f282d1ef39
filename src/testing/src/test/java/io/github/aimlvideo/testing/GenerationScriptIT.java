package io.github.aimlvideo.testing;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenerationScriptIT extends AbstractScriptTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Override
  void nextGeneration(GenerationScript script) {
    mock.nextGeneration(script);
  }

  @Override
  List<RecordedCreate> creates() {
    return mock.creates();
  }

  @Override
  VideoClient client(Consumer<VideoClientBuilder> settings) {
    VideoClientBuilder builder = mock.clientBuilder();
    settings.accept(builder);
    return builder.build();
  }

  @Override
  long nanoTime() {
    return System.nanoTime();
  }
}
