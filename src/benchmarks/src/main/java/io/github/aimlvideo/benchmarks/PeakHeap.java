package io.github.aimlvideo.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The largest heap that a collection has left since this was made. */
final class PeakHeap {
  private final AtomicLong bytes = new AtomicLong();
  private final Set<String> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  PeakHeap() {
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans())
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, self) -> collected(notification), null, null);
  }

  private void collected(Notification notification) {
    if (!(notification.getUserData() instanceof CompositeData data)) return;
    long left =
        GarbageCollectionNotificationInfo.from(data)
            .getGcInfo()
            .getMemoryUsageAfterGc()
            .entrySet()
            .stream()
            .filter(pool -> pools.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
    bytes.accumulateAndGet(left, Math::max);
  }

  /** At least what is held now. */
  long bytes() {
    return Math.max(bytes.get(), Usage.heldHeapBytes());
  }
}
