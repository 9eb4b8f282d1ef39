package io.github.aimlvideo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Tells the log and the listener; whatever they do, the generation goes on. */
final class Events {
  private static final Logger LOG = System.getLogger("io.github.aimlvideo");

  private final GenerationListener listener;

  Events(GenerationListener listener) {
    this.listener = listener;
  }

  void creating(Object request, String clientRequestId) {
    LOG.log(Level.DEBUG, "creating {0}, client request id {1}", request, clientRequestId);
  }

  void created(VideoGeneration generation) {
    LOG.log(Level.DEBUG, "created {0}", generation);
    tell(to -> to.created(generation));
  }

  void warned(String warning) {
    LOG.log(Level.DEBUG, "warning: {0}", warning);
    tell(to -> to.warned(warning));
  }

  void createFailed(String clientRequestId, ApiException cause) {
    LOG.log(Level.DEBUG, "create {0} will be sent again: {1}", clientRequestId, cause.getMessage());
    tell(to -> to.createFailed(clientRequestId, cause));
  }

  void submissionUnknown(String clientRequestId, SubmissionUnknownException cause) {
    LOG.log(Level.DEBUG, "create {0} is looked up: {1}", clientRequestId, cause.getMessage());
    tell(to -> to.submissionUnknown(clientRequestId, cause));
  }

  void polled(VideoGeneration before, VideoGeneration now) {
    LOG.log(Level.DEBUG, "looked at {0}", now);
    tell(to -> to.polled(now));
    if (!now.status().equals(before.status())) tell(to -> to.statusChanged(now));
  }

  void pollFailed(String id, Exception cause) {
    LOG.log(Level.DEBUG, "look at {0} failed: {1}", id, cause);
    tell(to -> to.pollFailed(id, cause));
  }

  private void tell(Consumer<GenerationListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) { // an Error too must not end a paid generation
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
