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

  /** Levenshtein's, without regard to case, underscores and hyphens. */
  private static int distance(String left, String right) {
    String a = plain(left);
    String b = plain(right);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private static String plain(String word) {
    String bounded = word.length() > 100 ? word.substring(0, 100) : word;
    return bounded.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
