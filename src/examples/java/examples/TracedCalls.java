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

/** OpenTelemetry: a span for each call of HTTP, whose context goes with the request. */
final class TracedCalls implements Interceptor {
  private final OpenTelemetry telemetry;
  private final Tracer tracer;

  TracedCalls(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
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
      telemetry
          .getPropagators()
          .getTextMapPropagator()
          .inject(Context.current(), traced, Request.Builder::header);
      Response response = chain.proceed(traced.build());
      span.setAttribute("http.response.status_code", response.code());
      if (response.code() >= 400) span.setStatus(StatusCode.ERROR);
      return response;
    } catch (IOException e) {
      span.recordException(e).setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }
}
