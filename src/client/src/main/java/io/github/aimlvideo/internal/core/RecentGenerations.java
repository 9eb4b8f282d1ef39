package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoGeneration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last thousand generations that this client created. Safe for use by several threads. */
public final class RecentGenerations {
  private static final int CAPACITY = 1000;
  private static final int MAX_LENGTH = 1000;

  private final Map<String, TrackedGeneration> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TrackedGeneration> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Remembers one, unless a server has made up an id that would fill the memory. */
  public synchronized void add(TrackedGeneration created) {
    VideoGeneration generation = created.generation();
    if (generation.id().length() + generation.status().length() > MAX_LENGTH) return;
    byId.put(generation.id(), created);
  }

  /** The one with this id, if this client created it lately. */
  public synchronized Optional<TrackedGeneration> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
