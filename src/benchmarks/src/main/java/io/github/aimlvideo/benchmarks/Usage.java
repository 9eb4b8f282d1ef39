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
    return (int) status("Threads");
  }

  /** The most memory that was resident at once. */
  static long residentBytes() throws IOException {
    return 1024 * status("VmHWM");
  }

  private static long status(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name + ":"))
        return Long.parseLong(line.substring(name.length() + 1).replace("kB", "").trim());
    }
    throw new IOException("no " + name + " in " + STATUS);
  }
}
