package examples;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoGeneration;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** OpenTelemetry: a span for each generation, from its create to its end. */
final class TracedGenerations implements GenerationListener {
  private final Tracer tracer;
  private final Map<String, Span> spans = new ConcurrentHashMap<>();

  TracedGenerations(Tracer tracer) {
    this.tracer = tracer;
  }

  // begin traced
  @Override
  public void created(VideoGeneration generation) {
    spans.put(
        generation.id(),
        tracer
            .spanBuilder("video generation")
            .setAttribute("aiml.id", generation.id())
            .startSpan());
  }

  @Override
  public void statusChanged(VideoGeneration generation) {
    Span span = spans.get(generation.id());
    if (span != null) span.addEvent(generation.status());
  }

  @Override
  public void finished(VideoGeneration generation) {
    Span span = spans.remove(generation.id());
    if (span == null) return; // awaited by its id, and created elsewhere
    generation.failureReason().ifPresent(reason -> span.setStatus(StatusCode.ERROR, reason));
    span.end();
  }
  // end traced
}
