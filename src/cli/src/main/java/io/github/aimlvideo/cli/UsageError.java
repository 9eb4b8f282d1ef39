package io.github.aimlvideo.cli;

import io.github.aimlvideo.cli.terminal.TerminalText;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words what is wrong with the arguments, without the terms of picocli. */
final class UsageError {
  private static final Pattern EXCLUSIVE =
      Pattern.compile("(?:Error: )?(.*) are mutually exclusive \\(specify only one\\)");
  private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");
  private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class);
  private static final Set<Class<?>> NUMBERS = Set.of(Double.class, BigDecimal.class);

  private UsageError() {}

  /** Java decodes what is no text in the locale, in locale C all but ASCII, as U+FFFD. */
  static Optional<String> undecoded(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.indexOf('\uFFFD') >= 0)
        .findFirst()
        .map(argument -> "argument " + ResumeHint.quote(TerminalText.line(argument)))
        .map(argument -> argument + " is not text in this locale; set LC_ALL=C.UTF-8");
  }

  /** One line without the place of the help. */
  static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) return unmatched(unmatched);
    if (e instanceof MissingParameterException missing) return missing(missing);
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice";
    }
    String message = String.valueOf(e.getMessage());
    Matcher exclusive = EXCLUSIVE.matcher(message);
    if (exclusive.matches()) {
      return exclusive.group(1).replace(", ", " and ") + " exclude each other";
    }
    Matcher command = UNKNOWN_COMMAND.matcher(message);
    if (command.matches()) return unknownCommand(command.group(1), e.getCommandLine());
    return e.getArgSpec() == null ? message : name(e.getArgSpec()) + ": " + invalid(e);
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    CommandLine command = e.getCommandLine();
    if (e.isUnknownOption()) {
      String option = first.replaceFirst("=.*", "");
      Collection<String> known = command.getCommandSpec().optionsMap().keySet();
      return "unknown option " + TerminalText.line(option) + Suggestion.of(option, known);
    }
    if (!command.getSubcommands().isEmpty()) return unknownCommand(first, command);
    return "unexpected argument "
        + ResumeHint.quote(TerminalText.line(first))
        + "; quote a text with spaces";
  }

  private static String unknownCommand(String name, CommandLine command) {
    CommandLine root = command.getCommandSpec().root().commandLine();
    return "unknown command "
        + ResumeHint.quote(TerminalText.line(name))
        + Suggestion.of(name, root.getSubcommands().keySet());
  }

  private static String missing(MissingParameterException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("arameter for option")) {
      String option = name(e.getMissing().get(0));
      return option + " needs a value; write " + option + "=VALUE if that begins with -";
    }
    String conjunction = message.contains("specify one") ? " or " : " and ";
    return "missing "
        + e.getMissing().stream().map(UsageError::name).collect(Collectors.joining(conjunction));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String invalid(ParameterException e) {
    String value = "'" + TerminalText.line(String.valueOf(e.getValue())) + "'";
    if (e.getArgSpec().typeInfo().isMap()) return value + " is not " + e.getArgSpec().paramLabel();
    Class<?> type = e.getArgSpec().type();
    if (WHOLE_NUMBERS.contains(type)) return value + " is not a whole number";
    if (NUMBERS.contains(type)) return value + " is not a number";
    Throwable cause = e.getCause() instanceof TypeConversionException own ? own : e;
    return String.valueOf(cause.getMessage());
  }
}
