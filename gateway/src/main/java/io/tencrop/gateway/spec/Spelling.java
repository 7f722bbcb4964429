package io.tencrop.gateway.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant. */
final class Spelling {
  private Spelling() {}

  /** " Did you mean 'x'?" when there is a word close to what was written; else nothing. */
  static String hint(String written, Collection<String> words) {
    return closest(written, words).map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  static Optional<String> closest(String written, Collection<String> words) {
    return words.stream()
        .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3))
        .min(
            Comparator.comparingInt((String word) -> distance(written, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * How many letters are wrong, missing, too many or swapped with their neighbour, without regard
   * to case, underscores and hyphens.
   */
  private static int distance(String left, String right) {
    String a = plain(left);
    String b = plain(right);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static String plain(String word) {
    String bounded = word.length() > 100 ? word.substring(0, 100) : word;
    return bounded.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
