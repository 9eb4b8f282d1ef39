package io.github.aimlvideo.benchmarks.server;

/** Who asks for what: the vendor's two operations, those of two peers, a video, the controls. */
final class Routes {
  private final String base;
  private final Connections connections;
  private Generations generations = new Generations(0, 1000, 0, 0, false);
  private int runs;
  private long videoBytes = 1000;

  Routes(String base, Connections connections) {
    this.base = base;
    this.connections = connections;
  }

  Response response(Request request) {
    long now = System.nanoTime();
    String target = request.target();
    if (target.startsWith("/v2/video/generations")) {
      String id = request.isPost() ? null : Request.parameter(target, "generation_id");
      return json(generation(id, now), now, this::aiml);
    }
    if (target.startsWith("/openai/videos")) {
      String id = request.isPost() ? null : target.substring("/openai/videos/".length());
      return json(generation(id, now), now, Routes::openAi);
    }
    if (target.startsWith("/fal")) return fal(request, now);
    if (target.startsWith("/video")) return Response.video(videoBytes);
    return control(target, now);
  }

  /** A new one without an id, else the one that is polled. */
  private Generation generation(String id, long now) {
    return id == null ? generations.create(now) : generations.poll(id, now);
  }

  private interface Form {
    String of(Generation generation, long now);
  }

  private static Response json(Generation generation, long now, Form form) {
    if (generation == null) return Response.json(404, "{\"message\":\"Inference not found\"}");
    return Response.json(200, form.of(generation, now));
  }

  private String aiml(Generation generation, long now) {
    String begin = "{\"id\":\"" + generation.id + "\",\"status\":\"";
    if (generation.isCompleted(now)) return begin + "completed\",\"video\":{\"url\":\"" + video();
    String status = generation.isQueued() ? "queued" : "generating";
    return begin
        + status
        + "\",\"video\":null,\"error\":null,\"meta\":{\"usage\":{\"credits_used\":560000}}}";
  }

  private String video() {
    return base
        + "/video/upload-ylab-stunt-sgp/784256485483880450/VIDEO/20260120/65936dd58d920424.mp4"
        + "?cacheKey=ChtzZWN1cml0eS5rbGluZy5tZXRhX2VuY3J5cHQSsAGF3eZphj1FFPB8b\"},"
        + "\"meta\":{\"usage\":{\"credits_used\":560000}}}";
  }

  private static String openAi(Generation generation, long now) {
    boolean completed = generation.isCompleted(now);
    String status = completed ? "completed" : generation.isQueued() ? "queued" : "in_progress";
    return "{\"id\":\""
        + generation.id
        + "\",\"object\":\"video\",\"created_at\":1769000000,\"completed_at\":null,"
        + "\"error\":null,\"expires_at\":null,\"model\":\"sora-2\",\"progress\":0,"
        + "\"prompt\":\"Waves.\",\"remixed_from_video_id\":null,\"seconds\":\"4\","
        + "\"size\":\"720x1280\",\"status\":\""
        + status
        + "\"}";
  }

  /** The proxy that fal-client can be given; a create or a poll. */
  private Response fal(Request request, long now) {
    String target = request.header("X-Fal-Target-Url");
    int begin = target.indexOf("/requests/");
    if (begin < 0) return json(generations.create(now), now, Routes::fal);
    String id = target.substring(begin + 10, begin + 31);
    return json(generations.poll(id, now), now, Routes::fal);
  }

  private static String fal(Generation generation, long now) {
    String status =
        generation.isCompleted(now)
            ? "COMPLETED"
            : generation.isQueued() ? "IN_QUEUE" : "IN_PROGRESS";
    String url = "\"https://queue.fal.run/fal-ai/kling-video/requests/" + generation.id;
    return "{\"status\":\""
        + status
        + "\",\"queue_position\":0,\"request_id\":\""
        + generation.id
        + "\",\"response_url\":"
        + url
        + "\",\"status_url\":"
        + url
        + "/status\",\"cancel_url\":"
        + url
        + "/cancel\"}";
  }

  private Response control(String target, long now) {
    if (target.startsWith("/bench/reset")) {
      generations =
          new Generations(
              ++runs,
              Long.parseLong(Request.parameter(target, "interval")),
              Long.parseLong(Request.parameter(target, "shortest")),
              Long.parseLong(Request.parameter(target, "longest")),
              target.contains("held=true"));
      videoBytes = Long.parseLong(Request.parameter(target, "video"));
      connections.reset();
    } else if (target.equals("/bench/release")) {
      generations.release(now);
    } else if (!target.equals("/bench/stats")) {
      return Response.json(404, "{}");
    }
    return Response.json(200, generations.stats(connections));
  }
}
