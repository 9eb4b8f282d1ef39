package io.github.aimlvideo.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 *
 * @param load the system's load average before the run
 * @param libraries with their versions, the same for all peers
 */
public record Environment(
    int cores,
    String processor,
    long memoryGb,
    String system,
    String jdk,
    double load,
    List<String> libraries) {
  private static final Pattern LIBRARY =
      Pattern.compile(
          "^((?:okhttp-jvm|okio-jvm|gson|retrofit|kotlin-stdlib|fal-client|openai-java)-\\d[^-]*)\\.jar");

  public static Environment current() throws IOException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Environment(
        system.getAvailableProcessors(),
        findProcessor(),
        Math.round(system.getTotalMemorySize() / 1e9),
        system.getName() + " " + system.getVersion(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        system.getSystemLoadAverage(),
        findLibraries());
  }

  public boolean isBusy() {
    return load > cores / 2.0;
  }

  private static String findProcessor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static List<String> findLibraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .flatMap(entry -> LIBRARY.matcher(new File(entry).getName()).results())
        .map(result -> result.group(1))
        .sorted()
        .toList();
  }
}
