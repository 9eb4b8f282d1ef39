package io.github.aimlvideo.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
final class Usage {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Usage() {}

  static double cpuSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Only what is still held. */
  static long heldHeapBytes() {
    System.gc();
    return heapBytes();
  }

  /** As the system counts them, those of the JVM itself included. */
  static int threads() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("Threads:")) return Integer.parseInt(line.substring(8).trim());
    }
    throw new IOException("no Threads in " + STATUS);
  }
}
