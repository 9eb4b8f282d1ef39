package io.github.aimlvideo.cli.studio;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches images for display; a request has their URL. */
final class ImageDownload {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final OkHttpClient client;
  private final ImageStore images;

  /**
   * @param client has the proxies
   */
  ImageDownload(OkHttpClient client, ImageStore images) {
    this.images = images;
    this.client =
        client.newBuilder().callTimeout(TIMEOUT).followSslRedirects(false).cache(null).build();
  }

  /**
   * Fetches an image and stores it.
   *
   * @throws HttpFailure if there is none
   */
  StoredImage fetch(String text) {
    HttpUrl url = HttpUrl.parse(text.strip());
    if (url == null) throw new HttpFailure(400, "not an http(s) URL: " + shown(text));
    Request request = new Request.Builder().url(url).header("Accept", "image/*").build();
    try (Response response = client.newCall(request).execute()) {
      check(response, url);
      String given = Image.isUrl(text.strip()) ? text.strip() : url.toString();
      return images.add(name(url), given, read(response, name(url)));
    } catch (InterruptedIOException e) {
      throw new HttpFailure(400, host(url) + "no image within " + TIMEOUT.toSeconds() + " s");
    } catch (IOException e) {
      throw new HttpFailure(400, host(url) + ErrorMessage.reason(e));
    }
  }

  private static void check(Response response, HttpUrl url) {
    String location = response.header("Location");
    if (response.isRedirect() && location != null) {
      throw new HttpFailure(
          400, host(url) + "it redirects to another scheme; give that URL: " + shown(location));
    }
    if (!response.isSuccessful()) {
      throw new HttpFailure(400, host(url) + "the server returned " + response.code());
    }
  }

  private static byte[] read(Response response, String name) throws IOException {
    if (response.body().contentLength() > ImageStore.MAX_BYTES) throw ImageStore.tooLarge(name);
    try (InputStream in = response.body().byteStream()) {
      return in.readNBytes(ImageStore.MAX_BYTES + 1);
    }
  }

  private static String host(HttpUrl url) {
    return "cannot load the image from " + url.host() + ": ";
  }

  private static String shown(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  /** The last part of the path. */
  private static String name(HttpUrl url) {
    List<String> path = url.pathSegments();
    String last = path.get(path.size() - 1);
    return last.isBlank() ? url.host() : last;
  }
}
