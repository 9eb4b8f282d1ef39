package io.github.aimlvideo.batch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** An archive of the classes of the tests, with which a JVM starts in a third of the time. */
public final class ClassArchive {
  private final Path file;
  private final String classPath;

  /** The archive is made by a process with {@link #training}. */
  public ClassArchive(Path folder) {
    file = folder.resolve("classes.jsa");
    StringBuilder jars = new StringBuilder(); // an archive has no classes of folders
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(path))) path = jar(folder, path);
      jars.append(path).append(File.pathSeparator);
    }
    classPath = jars.toString();
  }

  private static String jar(Path folder, String classes) {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    try {
      String jar = Files.createTempFile(folder, "classes", ".jar").toString();
      if (tool.run(System.out, System.err, "cf", jar, "-C", classes, ".") == 0) return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no jar of " + classes);
  }

  /** Options of the process that makes the archive when it ends. */
  public List<String> training() {
    return List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable", "-cp", classPath);
  }

  /** Options of a process that uses it, where it can; class path included. */
  public List<String> options() {
    return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable", "-cp", classPath);
  }
}
