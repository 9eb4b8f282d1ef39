package io.github.aimlvideo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The creates of this client, the last thousand: what their answers told, and when they came. */
final class RecentCreates {
  private static final int MOST = 1000;

  private final Map<String, Known> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(Known created) {
    byId.put(created.generation().id(), created);
  }

  synchronized Optional<Known> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
