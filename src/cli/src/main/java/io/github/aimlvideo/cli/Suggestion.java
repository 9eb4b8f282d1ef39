package io.github.aimlvideo.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that a mistyped one probably means. */
public final class Suggestion {
  private static final int MAX_LENGTH = 200;

  private Suggestion() {}

  /** {@code ; did you mean NAME?}, or nothing if no name is similar. */
  public static String of(String text, Collection<String> names) {
    return closest(text, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** The name with the fewest typing errors: one in three characters at most, or a beginning. */
  static Optional<String> closest(String text, Collection<String> names) {
    String typed = text.toLowerCase(Locale.ROOT);
    if (typed.length() > MAX_LENGTH) return Optional.empty();
    return names.stream()
        .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) <= tolerance(typed, name))
        .min(Comparator.comparing(name -> distance(typed, name.toLowerCase(Locale.ROOT))));
  }

  private static int tolerance(String typed, String name) {
    boolean beginning = typed.length() > 2 && name.toLowerCase(Locale.ROOT).startsWith(typed);
    return beginning ? name.length() : Math.max(typed.length(), name.length()) / 3;
  }

  /** How many characters were left out, added, changed or swapped with the next one. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] cost) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = cost[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
