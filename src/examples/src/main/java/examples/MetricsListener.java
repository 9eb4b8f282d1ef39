package examples;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoGeneration;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;

/** Micrometer: counts generations and credits, and times downloads. */
final class MetricsListener implements GenerationListener {
  private final MeterRegistry registry;

  MetricsListener(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onCreated(VideoGeneration generation) {
    registry.counter("aiml.created").increment();
  }

  @Override
  public void onEnded(VideoGeneration generation) {
    registry.counter("aiml.ended", "status", generation.status()).increment();
    if (generation.isFailed()) return; // a failed generation is not charged
    generation
        .creditsUsed()
        .ifPresent(credits -> registry.counter("aiml.credits").increment(credits.doubleValue()));
  }

  @Override
  public void onDownloaded(VideoGeneration generation, Path file, Duration took) {
    registry.timer("aiml.downloaded").record(took);
  }
}
