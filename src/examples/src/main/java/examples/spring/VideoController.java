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
 * One request starts a generation, others ask for its status; none waits for a video. The id is the
 * only state, so a restart of the service loses nothing.
 */
@RestController
@RequestMapping("/videos")
class VideoController {
  private final VideoClient client;

  VideoController(VideoClient client) {
    this.client = client;
  }

  /** The body of a request to this service. */
  record VideoOrder(String imageUrl, String prompt) {
    VideoOrder {
      if (imageUrl == null) throw new IllegalArgumentException("imageUrl is missing");
    }
  }

  /** The body of a response of this service. */
  record Video(String id, String status, Optional<String> url, Optional<String> failure) {
    static Video of(VideoGeneration generation) {
      return new Video(
          generation.id(), generation.status(), generation.videoUrl(), generation.failureReason());
    }
  }

  // begin controller
  @PostMapping
  ResponseEntity<Video> create(@RequestBody VideoOrder order) {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url(order.imageUrl()))
            .prompt(order.prompt());
    VideoGeneration generation = client.create(request);
    return ResponseEntity.accepted()
        .location(URI.create("/videos/" + generation.id()))
        .body(Video.of(generation));
  }

  @GetMapping("/{id}")
  Video status(@PathVariable String id) {
    return Video.of(client.get(id));
  }

  // end controller

  /** The image is not a URL, or the request breaks the contract. Nothing was sent. */
  @ExceptionHandler({IllegalArgumentException.class, HttpMessageNotReadableException.class})
  ProblemDetail badOrder(Exception e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, NestedExceptionUtils.getMostSpecificCause(e).getMessage());
  }

  /** The generation may exist and be charged: recover it by this id, do not order it again. */
  @ExceptionHandler
  ProblemDetail outcomeUnknown(CreateOutcomeUnknownException e) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
    problem.setProperty("clientRequestId", e.clientRequestId().orElseThrow());
    return problem;
  }

  /** The message has the id, if there is one, and never the key. */
  @ExceptionHandler
  ProblemDetail failed(VideoException e) {
    boolean notFound = e instanceof ApiException api && api.status() == 404;
    return ProblemDetail.forStatusAndDetail(
        notFound ? HttpStatus.NOT_FOUND : HttpStatus.BAD_GATEWAY, e.getMessage());
  }
}
