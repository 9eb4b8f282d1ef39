package examples;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * OpenTelemetry: a span for each generation, from the accepted create to the end of the wait. For
 * programs that wait for the generations they create; in a program that only creates them the spans
 * would never end.
 */
final class TracingListener implements GenerationListener {
  private final Tracer tracer;
  private final Map<String, Span> spans = new ConcurrentHashMap<>();

  TracingListener(Tracer tracer) {
    this.tracer = tracer;
  }

  // begin listener
  @Override
  public void onCreated(VideoGeneration generation) {
    spans.put(
        generation.id(),
        tracer
            .spanBuilder("video generation")
            .setAttribute("aiml.id", generation.id())
            .startSpan());
  }

  @Override
  public void onStatusChanged(VideoGeneration generation) {
    Span span = spans.get(generation.id());
    if (span != null) span.addEvent(generation.status());
  }

  @Override
  public void onEnded(VideoGeneration generation) {
    if (generation.isCompleted()) end(generation.id(), null);
  }

  @Override
  public void onError(VideoException cause) { // also when the wait times out
    cause.generationId().ifPresent(id -> end(id, cause));
  }

  private void end(String id, VideoException cause) {
    Span span = spans.remove(id);
    if (span == null) return; // created by another client, or ended already
    if (cause != null) span.recordException(cause).setStatus(StatusCode.ERROR, cause.getMessage());
    span.end();
  }
  // end listener
}
