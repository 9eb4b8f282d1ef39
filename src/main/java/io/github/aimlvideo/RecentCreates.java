package io.github.aimlvideo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The creates of this client, the last thousand: what their answers told, and when they began. */
final class RecentCreates {
  private static final int MOST = 1000;

  private final Map<String, Created> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Created> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(Created created) {
    byId.put(created.generation().id(), created);
  }

  synchronized Optional<Created> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * A generation as the create answered, and when the create began, in nanoseconds of the timer.
   */
  record Created(VideoGeneration generation, long at) {}
}
