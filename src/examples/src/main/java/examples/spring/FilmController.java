package examples.spring;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts a film with one request and tells with others how it stands; no request waits for a film,
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
  record Order(String pictureUrl, String prompt) {
    Order {
      if (pictureUrl == null) throw new IllegalArgumentException("pictureUrl is missing");
    }
  }

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

  /** The caller's fault: no link, a broken rule of the contract. Nothing was sent. */
  @ExceptionHandler({IllegalArgumentException.class, HttpMessageNotReadableException.class})
  ProblemDetail badOrder(Exception e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, NestedExceptionUtils.getMostSpecificCause(e).getMessage());
  }

  /** It may have been created, and paid for: not to be ordered again, but looked for by this id. */
  @ExceptionHandler
  ProblemDetail unknown(CreateOutcomeUnknownException e) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
    problem.setProperty("clientRequestId", e.clientRequestId().orElseThrow());
    return problem;
  }

  /** The API's; the message has the id, if there is one, and never the key. */
  @ExceptionHandler
  ProblemDetail failed(VideoException e) {
    boolean notThere = e instanceof ApiException api && api.status() == 404;
    return ProblemDetail.forStatusAndDetail(
        notThere ? HttpStatus.NOT_FOUND : HttpStatus.BAD_GATEWAY, e.getMessage());
  }
}
