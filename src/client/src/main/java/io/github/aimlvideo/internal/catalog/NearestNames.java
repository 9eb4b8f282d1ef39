package io.github.aimlvideo.internal.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Names that resemble another one. */
final class NearestNames {
  private static final int MAX_NAMES = 3;

  /** Longer names than that of any model are not compared. */
  private static final int MAX_LENGTH = 200;

  private NearestNames() {}

  private record Candidate(String name, int distance) {}

  /** At most three, the nearest first; those that differ in more than a third are left out. */
  static List<String> of(String wanted, Stream<String> names) {
    String text = word(wanted);
    if (text.isEmpty() || text.length() > MAX_LENGTH) return List.of();
    return names
        .filter(name -> name.length() <= MAX_LENGTH)
        .distinct()
        .map(name -> new Candidate(name, distance(text, word(name))))
        .filter(each -> each.distance() <= Math.max(2, text.length() / 3))
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MAX_NAMES)
        .map(Candidate::name)
        .toList();
  }

  /** People write {@code Kling 2.1} for {@code kling-2-1}. */
  private static String word(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s._-]+", "-");
  }

  /** A part of a name is near to it. */
  private static int distance(String wanted, String name) {
    if (wanted.length() >= 4 && name.contains(wanted)) return 0;
    String last = name.substring(name.lastIndexOf('/') + 1);
    return Math.min(levenshtein(wanted, name), levenshtein(wanted, last));
  }

  private static int levenshtein(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
