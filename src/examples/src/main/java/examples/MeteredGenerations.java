package examples;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoGeneration;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;

/** Micrometer: what is created and what becomes of it, and what it costs. */
final class MeteredGenerations implements GenerationListener {
  private final MeterRegistry registry;

  MeteredGenerations(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onCreated(VideoGeneration generation) {
    registry.counter("aiml.created").increment();
  }

  @Override
  public void onEnded(VideoGeneration generation) {
    registry.counter("aiml.finished", "status", generation.status()).increment();
    if (generation.isFailed()) return; // that costs nothing
    generation
        .creditsUsed()
        .ifPresent(credits -> registry.counter("aiml.credits").increment(credits.doubleValue()));
  }

  @Override
  public void onDownloaded(VideoGeneration generation, Path file, Duration took) {
    registry.timer("aiml.downloaded").record(took);
  }
}
