package io.github.aimlvideo.cli.studio.code;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An expression of Java source, in lines of at most 100 columns where its parts allow it. */
sealed interface JavaExpression {
  int COLUMNS = 100;
  int CONTINUATION = 4;

  /** In one line. */
  String flat();

  /**
   * In several lines.
   *
   * @param indent of the first line
   * @param after the number of characters after the last line
   */
  String broken(int indent, int after);

  /** In one line if it fits from this column on, else in several. */
  default String layout(int indent, int column, int after) {
    String flat = flat();
    return column + flat.length() + after <= COLUMNS ? flat : broken(indent, after);
  }

  private static String line(int indent) {
    return "\n" + " ".repeat(indent);
  }

  /** A number, a constant, or another expression that is never broken. */
  record Word(String flat) implements JavaExpression {
    @Override
    public String broken(int indent, int after) {
      return flat;
    }
  }

  /** A text, short enough for a constant. */
  record Literal(String text) implements JavaExpression {
    private static final int MIN_WIDTH = 20;

    @Override
    public String flat() {
      return JavaText.literal(text);
    }

    @Override
    public String broken(int indent, int after) {
      int width = COLUMNS - indent - CONTINUATION - "+ ".length() - after;
      List<String> lines = JavaText.lines(text, Math.max(width, MIN_WIDTH));
      return String.join(line(indent + CONTINUATION) + "+ ", lines);
    }
  }

  /** The call of a method or a constructor. */
  record Call(String name, List<? extends JavaExpression> arguments) implements JavaExpression {
    /** Arguments of this length, such as the points of a trajectory, share lines. */
    private static final int SHORT = 24;

    @Override
    public String flat() {
      return arguments.stream()
          .map(JavaExpression::flat)
          .collect(Collectors.joining(", ", name + "(", ")"));
    }

    @Override
    public String broken(int indent, int after) {
      if (arguments.isEmpty()) return flat();
      int inner = indent + CONTINUATION;
      List<String> flat = arguments.stream().map(JavaExpression::flat).toList();
      boolean inOneLine = inner + String.join(", ", flat).length() + 1 + after <= COLUMNS;
      boolean shared = flat.size() > 3 && flat.stream().allMatch(each -> each.length() <= SHORT);
      String lines =
          inOneLine || shared ? filled(flat, inner, 1 + after) : listed(inner, 1 + after);
      return name + "(" + line(inner) + lines + ")";
    }

    /** Each argument begins a line. */
    private String listed(int indent, int after) {
      int last = arguments.size() - 1;
      return IntStream.rangeClosed(0, last)
          .mapToObj(i -> arguments.get(i).layout(indent, indent, i < last ? 1 : after))
          .collect(Collectors.joining("," + line(indent)));
    }

    /** As many arguments in a line as fit. */
    private static String filled(List<String> arguments, int indent, int after) {
      StringBuilder lines = new StringBuilder(arguments.get(0));
      int column = indent + lines.length();
      for (int i = 1; i < arguments.size(); i++) {
        String each = arguments.get(i);
        int end = column + ", ".length() + each.length();
        boolean fits = end + (i < arguments.size() - 1 ? 1 : after) <= COLUMNS;
        lines.append(fits ? ", " : "," + line(indent)).append(each);
        column = fits ? end : indent + each.length();
      }
      return lines.toString();
    }
  }

  /** A key and a value among the arguments of a call. */
  record Pair(JavaExpression key, JavaExpression value) implements JavaExpression {
    @Override
    public String flat() {
      return key.flat() + ", " + value.flat();
    }

    @Override
    public String broken(int indent, int after) {
      return key.layout(indent, indent, 1)
          + ","
          + line(indent)
          + value.layout(indent, indent, after);
    }
  }

  /** A new object and calls of its setters. */
  record Chain(Call created, List<Call> setters) implements JavaExpression {
    @Override
    public String flat() {
      return created.flat() + setters.stream().map(Call::flat).collect(Collectors.joining());
    }

    @Override
    public String broken(int indent, int after) {
      int inner = indent + CONTINUATION;
      int last = setters.size() - 1;
      return IntStream.rangeClosed(0, last)
          .mapToObj(i -> line(inner) + setters.get(i).layout(inner, inner, i < last ? 0 : after))
          .collect(Collectors.joining("", created.layout(indent, indent, 0), ""));
    }
  }
}
