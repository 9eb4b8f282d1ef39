package consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a module whose module path is the client and its dependencies. */
record Modules(Path output) {
  /** Returns the codes of the errors, such as {@code compiler.err.package.not.visible}. */
  List<String> compile(String moduleInfo, Path source) throws IOException {
    Files.createDirectories(output);
    Path descriptor = output.resolve("module-info.java");
    Files.writeString(descriptor, moduleInfo);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      List<String> options =
          List.of("--release", "17", "-d", output.toString(), "-p", Jars.joined(Jars.ofClient()));
      javac
          .getTask(null, files, found, options, null, files.getJavaFileObjects(descriptor, source))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::getCode)
        .toList();
  }
}
