package examples.springbatch;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.InvalidRowsException;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller names the video, so it can repeat a request whose response was lost. */
@RestController
@RequestMapping("/videos")
class BatchController {
  private final VideoBatch batch;

  BatchController(VideoBatch batch) {
    this.batch = batch;
  }

  /** The body of a request to this service. */
  record VideoOrder(String imageUrl, String prompt) {
    VideoOrder {
      if (imageUrl == null) throw new IllegalArgumentException("imageUrl is missing");
    }
  }

  /** The body of a response of this service. */
  record Video(RowState state, Optional<String> location, Optional<String> reason) {
    static Video of(BatchRow row) {
      return new Video(row.state(), row.location(), row.reason());
    }
  }

  // begin controller
  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void add(@PathVariable String name, @RequestBody VideoOrder order) {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url(order.imageUrl()))
            .prompt(order.prompt());
    batch.add(name, request); // committed when this returns; any instance sends it
  }

  @GetMapping("/{name}")
  ResponseEntity<Video> video(@PathVariable String name) {
    return ResponseEntity.of(batch.row(name).map(Video::of));
  }

  // end controller

  /** Nothing was added: another request has the name, or no file can have it. */
  @ExceptionHandler
  ProblemDetail notAdded(InvalidRowsException e) {
    boolean invalid = e.problems().containsValue(RowProblem.INVALID_NAME);
    return ProblemDetail.forStatusAndDetail(
        invalid ? HttpStatus.BAD_REQUEST : HttpStatus.CONFLICT, e.getMessage());
  }
}
