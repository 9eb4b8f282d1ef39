package examples;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * OpenTelemetry: a span for each HTTP request, until the headers of its response arrive. The client
 * sends requests on its own threads, so each span is the root of a trace. The context is sent to
 * the API only, not to the servers that host the videos.
 */
final class TracingInterceptor implements Interceptor {
  private final OpenTelemetry telemetry;
  private final String apiHost;
  private final Tracer tracer;

  TracingInterceptor(OpenTelemetry telemetry, String apiHost) {
    this.telemetry = telemetry;
    this.apiHost = apiHost;
    tracer = telemetry.getTracer("aiml-video");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Span span = start(chain.request());
    try {
      Response response = chain.proceed(withContext(chain.request(), span));
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

  private Span start(Request request) {
    return tracer
        .spanBuilder(request.method())
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute("http.request.method", request.method())
        .setAttribute("server.address", request.url().host())
        .setAttribute("url.path", request.url().encodedPath())
        .startSpan();
  }

  private Request withContext(Request request, Span span) {
    if (!request.url().host().equals(apiHost)) return request;
    Request.Builder traced = request.newBuilder();
    telemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(Context.current().with(span), traced, Request.Builder::header);
    return traced.build();
  }
}
