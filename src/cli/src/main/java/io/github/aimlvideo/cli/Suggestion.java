package io.github.aimlvideo.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person meant by a mistyped one. */
public final class Suggestion {
  private static final int MAX_LENGTH = 100;

  private Suggestion() {}

  /** The nearest of some names; empty if none is near. */
  public static Optional<String> of(String typed, Collection<String> names) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
  }

  /** One edit for each three characters, or the beginning of the name. */
  private static boolean isNear(String typed, String name) {
    if (typed.length() > MAX_LENGTH) return false;
    boolean begins = typed.length() > 2 && name.startsWith(typed);
    return begins || distance(typed, name) <= name.length() / 3;
  }

  /** The number of characters to insert, delete, replace or swap with the next (OSA). */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
      }
    }
    return edits[a.length()][b.length()];
  }
}
