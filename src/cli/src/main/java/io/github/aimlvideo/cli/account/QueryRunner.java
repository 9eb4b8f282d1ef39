package io.github.aimlvideo.cli.account;

import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.cli.ErrorJson;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a command that changes nothing, and turns failures into one line and an exit code. */
public final class QueryRunner {
  private static final System.Logger LOG = System.getLogger("io.github.aimlvideo.cli");

  private final PrintWriter out;
  private final PrintWriter err;
  private final ServerOptions options;

  /** For a command with these options. */
  public QueryRunner(CommandSpec spec, ServerOptions options) {
    out = spec.commandLine().getOut();
    err = spec.commandLine().getErr();
    this.options = options;
  }

  /** What a command found. */
  public interface Result {
    /** As one object for a program. */
    JsonObject toJson();

    /** Prints it for a person, or line by line for a program. */
    void print();

    /** The exit code, which may say what was found. */
    default int exitCode() {
      return 0;
    }
  }

  /** Reads a result and prints it. */
  public int run(Supplier<? extends Result> work) {
    try {
      Result result = work.get();
      if (options.json()) printJson(result.toJson());
      else result.print();
      return result.exitCode();
    } catch (RuntimeException e) {
      int code = ExitCode.of(e);
      if (!(e instanceof VideoException) && code == ExitCode.OTHER) {
        LOG.log(Level.DEBUG, "internal error", e);
      }
      if (options.json()) {
        JsonObject json = new JsonObject();
        json.add("error", ErrorJson.of(e, ErrorMessage.unescaped(e)));
        printJson(json);
      }
      err.println("aiml-video: " + ErrorMessage.of(e));
      return code;
    }
  }

  private void printJson(JsonObject json) {
    out.println(TerminalText.whole(json.toString()));
  }

  /** Where the rows go. */
  public PrintWriter out() {
    return out;
  }

  /** Prints a line for a person unless quiet. */
  public void inform(String line) {
    if (!options.quiet()) err.println(TerminalText.message(line));
  }
}
