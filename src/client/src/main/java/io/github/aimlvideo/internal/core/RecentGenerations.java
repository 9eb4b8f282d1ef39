package io.github.aimlvideo.internal.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last thousand generations that this client created. Safe for use by several threads. */
public final class RecentGenerations {
  private static final int CAPACITY = 1000;

  private final Map<String, TrackedGeneration> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TrackedGeneration> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Remembers one. */
  public synchronized void add(TrackedGeneration created) {
    byId.put(created.generation().id(), created);
  }

  /** The one with this id, if this client created it lately. */
  public synchronized Optional<TrackedGeneration> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
