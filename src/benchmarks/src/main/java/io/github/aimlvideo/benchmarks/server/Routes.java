package io.github.aimlvideo.benchmarks.server;

/** Routes requests: the API's two operations, those of two peers, videos, and the controls. */
final class Routes {
  private final String base;
  private Generations generations = new Generations(0, 1000, 0, 0, false);
  private int runs;
  private long videoBytes = 1000;

  Routes(String base) {
    this.base = base;
  }

  Response respond(Request request) {
    long now = System.nanoTime();
    String target = request.target();
    if (target.startsWith("/v2/video/generations")) {
      String id = request.isPost() ? null : Request.parameter(target, "generation_id");
      return json(createOrPoll(id, now), now, this::aiml);
    }
    if (target.startsWith("/openai/videos")) {
      String id = request.isPost() ? null : target.substring("/openai/videos/".length());
      return json(createOrPoll(id, now), now, Routes::openAi);
    }
    if (target.startsWith("/fal")) return fal(request, now);
    if (target.startsWith("/video")) return Response.video(videoBytes);
    return control(target, now);
  }

  private Generation createOrPoll(String id, long now) {
    return id == null ? generations.create(now) : generations.poll(id, now);
  }

  private interface Format {
    String of(Generation generation, long now);
  }

  private static Response json(Generation generation, long now, Format format) {
    if (generation == null) return Response.json(404, "{\"message\":\"Inference not found\"}");
    return Response.json(200, format.of(generation, now));
  }

  private static String status(Generation generation, long now, String... names) {
    return generation.isCompleted(now) ? names[2] : generation.isQueued() ? names[0] : names[1];
  }

  private String aiml(Generation generation, long now) {
    String video = generation.isCompleted(now) ? "{\"url\":\"" + videoUrl() + "\"}" : "null";
    return "{\"id\":\""
        + generation.id
        + "\",\"status\":\""
        + status(generation, now, "queued", "generating", "completed")
        + "\",\"video\":"
        + video
        + ",\"error\":null,\"meta\":{\"usage\":{\"credits_used\":560000}}}";
  }

  private String videoUrl() {
    return base
        + "/video/upload-ylab-stunt-sgp/784256485483880450/VIDEO/20260120/65936dd58d920424.mp4"
        + "?cacheKey=ChtzZWN1cml0eS5rbGluZy5tZXRhX2VuY3J5cHQSsAGF3eZphj1FFPB8b";
  }

  private static String openAi(Generation generation, long now) {
    return "{\"id\":\""
        + generation.id
        + "\",\"object\":\"video\",\"created_at\":1769000000,\"completed_at\":null,"
        + "\"error\":null,\"expires_at\":null,\"model\":\"sora-2\",\"progress\":0,"
        + "\"prompt\":\"Waves.\",\"remixed_from_video_id\":null,\"seconds\":\"4\","
        + "\"size\":\"720x1280\",\"status\":\""
        + status(generation, now, "queued", "in_progress", "completed")
        + "\"}";
  }

  /** The proxy of fal-client, whose requests carry the real target in a header. */
  private Response fal(Request request, long now) {
    String target = request.header("X-Fal-Target-Url");
    int begin = target.indexOf("/requests/");
    String id = begin < 0 ? null : target.substring(begin + 10, begin + 31);
    return json(createOrPoll(id, now), now, Routes::fal);
  }

  private static String fal(Generation generation, long now) {
    String url = "\"https://queue.fal.run/fal-ai/kling-video/requests/" + generation.id;
    return "{\"status\":\""
        + status(generation, now, "IN_QUEUE", "IN_PROGRESS", "COMPLETED")
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
    if (target.startsWith("/bench/reset")) reset(target);
    else if (target.equals("/bench/release")) generations.release(now);
    else if (!target.equals("/bench/stats")) return Response.json(404, "{}");
    return Response.json(200, generations.stats());
  }

  private void reset(String target) {
    generations =
        new Generations(
            ++runs,
            Long.parseLong(Request.parameter(target, "interval")),
            Long.parseLong(Request.parameter(target, "shortest")),
            Long.parseLong(Request.parameter(target, "longest")),
            target.contains("held=true"));
    videoBytes = Long.parseLong(Request.parameter(target, "video"));
  }
}
