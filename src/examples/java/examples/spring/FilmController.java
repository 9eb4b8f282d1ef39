package examples.spring;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts a film with one request and tells with others how it stands; nothing waits for minutes,
 * and nothing is lost when the service starts anew, as the id is all that there is to keep.
 */
@RestController
@RequestMapping("/films")
class FilmController {
  private final VideoClient client;

  FilmController(VideoClient client) {
    this.client = client;
  }

  /** What is asked of this service. */
  record Order(String pictureUrl, String prompt) {}

  /** What this service tells. */
  record Film(String id, String status, Optional<String> url, Optional<String> failure) {
    static Film of(VideoGeneration generation) {
      return new Film(
          generation.id(), generation.status(), generation.videoUrl(), generation.failureReason());
    }
  }

  // begin controller
  @PostMapping
  ResponseEntity<Film> start(@RequestBody Order order) {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url(order.pictureUrl()))
            .prompt(order.prompt());
    VideoGeneration generation = client.create(request);
    return ResponseEntity.accepted()
        .location(URI.create("/films/" + generation.id()))
        .body(Film.of(generation));
  }

  @GetMapping("/{id}")
  Film status(@PathVariable String id) {
    return Film.of(client.get(id));
  }

  // end controller

  /** The caller's fault: a bad link, a broken rule of the contract. Nothing was sent. */
  @ExceptionHandler
  ProblemDetail badOrder(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  /** The API's; the message has the id, if there is one, and never the key. */
  @ExceptionHandler
  ProblemDetail failed(VideoException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, e.getMessage());
  }
}
