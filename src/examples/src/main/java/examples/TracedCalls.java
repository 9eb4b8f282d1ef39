package examples;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * OpenTelemetry: a span for each call of HTTP, until its answer begins. The client calls on threads
 * of its own, so each is the root of a trace. The context goes along to the API, not to where films
 * are.
 */
final class TracedCalls implements Interceptor {
  private final OpenTelemetry telemetry;
  private final String apiHost;
  private final Tracer tracer;

  TracedCalls(OpenTelemetry telemetry, String apiHost) {
    this.telemetry = telemetry;
    this.apiHost = apiHost;
    tracer = telemetry.getTracer("aiml-video");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Span span =
        tracer
            .spanBuilder(request.method())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("http.request.method", request.method())
            .setAttribute("server.address", request.url().host())
            .setAttribute("url.path", request.url().encodedPath())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      Request.Builder traced = request.newBuilder();
      if (request.url().host().equals(apiHost)) {
        telemetry
            .getPropagators()
            .getTextMapPropagator()
            .inject(Context.current(), traced, Request.Builder::header);
      }
      Response response = chain.proceed(traced.build());
      span.setAttribute("http.response.status_code", response.code());
      if (response.code() >= 400) span.setStatus(StatusCode.ERROR);
      return response;
    } catch (IOException | RuntimeException e) {
      span.recordException(e).setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }
}
