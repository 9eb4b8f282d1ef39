package io.github.aimlvideo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Brings a video to disk: beside its place first, then there in one move. It never sees the key.
 */
final class Downloader {
  private final OkHttpClient http;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();

  /** Redirects are followed, as result links do redirect, but not from one scheme to the other. */
  Downloader(OkHttpClient base) {
    http = base.newBuilder().followRedirects(true).followSslRedirects(false).build();
  }

  Download start(VideoGeneration generation, Path file) {
    Call call = http.newCall(new Request.Builder().url(link(generation)).build());
    CompletableFuture<Path> done = new CompletableFuture<>();
    calls.add(call);
    done.whenComplete(
        (path, failure) -> {
          calls.remove(call);
          call.cancel();
        });
    call.enqueue(new Save(generation, file, done));
    return new Download(generation, call, done);
  }

  private static HttpUrl link(VideoGeneration generation) {
    String link =
        generation.videoUrl().orElseThrow(() -> failure(generation, "there is no video yet", null));
    HttpUrl url = HttpUrl.parse(link);
    if (url == null) throw failure(generation, "the link is no http(s) URL: " + link, null);
    return url;
  }

  void close() {
    calls.forEach(Call::cancel);
  }

  private static DownloadException failure(
      VideoGeneration generation, String what, Exception cause) {
    return new DownloadException("generation " + generation.id() + ": " + what, generation, cause);
  }

  /**
   * A download under way. The future is done when nothing but the result, if any, is left on disk.
   */
  record Download(VideoGeneration generation, Call call, CompletableFuture<Path> done) {
    DownloadException interrupt(InterruptedException cause) {
      call.cancel();
      done.handle((path, failure) -> path).join();
      return failure(generation, "the download was interrupted", cause);
    }
  }

  private record Save(VideoGeneration generation, Path file, CompletableFuture<Path> done)
      implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      done.completeExceptionally(
          failure(generation, "the download failed: " + ApiException.reason(e), e));
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        check(response);
        save(response.body().source());
        done.complete(file);
      } catch (DownloadException e) {
        done.completeExceptionally(e);
      } catch (IOException e) {
        done.completeExceptionally(
            failure(generation, "cannot save " + file + ": " + ApiException.reason(e), e));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }

    private void check(Response response) {
      if (!response.isSuccessful()) {
        throw failure(generation, "the link was answered with " + response.code(), null);
      }
      MediaType type = response.body().contentType();
      if (type != null && (type.type().equals("text") || type.subtype().equals("json"))) {
        throw failure(generation, "the link leads to " + type + ", which is no video", null);
      }
    }

    private void save(BufferedSource video) throws IOException {
      Path target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        if (write(video, part) == 0)
          throw failure(generation, "the link leads to an empty file", null);
        move(part, target);
      } finally {
        Files.deleteIfExists(part);
      }
    }

    private static long write(BufferedSource video, Path part) throws IOException {
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (video.read(buffer) >= 0) {
          buffer.flip();
          while (buffer.hasRemaining()) out.write(buffer);
          buffer.clear();
        }
        out.force(true);
        return out.size();
      }
    }

    private static void move(Path part, Path target) throws IOException {
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
