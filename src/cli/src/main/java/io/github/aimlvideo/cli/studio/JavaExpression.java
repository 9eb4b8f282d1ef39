package io.github.aimlvideo.cli.studio;

import java.util.List;
import java.util.stream.Collectors;

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
          inOneLine || shared
              ? filled(flat, inner, 1 + after)
              : arguments.stream()
                  .map(each -> each.layout(inner, inner, 1 + after))
                  .collect(Collectors.joining("," + line(inner)));
      return name + "(" + line(inner) + lines + ")";
    }

    private static String filled(List<String> items, int indent, int after) {
      StringBuilder lines = new StringBuilder();
      int column = indent;
      for (String item : items) {
        if (lines.length() > 0) {
          boolean fits = column + ", ".length() + item.length() + after <= COLUMNS;
          lines.append(fits ? ", " : "," + line(indent));
          column = fits ? column + ", ".length() : indent;
        }
        lines.append(item);
        column += item.length();
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
      return key.layout(indent, indent, 1) + "," + line(indent) + value.layout(indent, indent, after);
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
      return setters.stream()
          .map(each -> line(inner) + each.layout(inner, inner, after))
          .collect(Collectors.joining("", created.layout(indent, indent, after), ""));
    }
  }
}
