package io.tencrop.contracts.spec;

import io.tencrop.contracts.spec.ViewSpec.Scale;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Views as text. */
final class ViewExpression {
  /** Sets of crops that have a name, the larger first. */
  private static final Map<String, Set<CropName>> SETS = new LinkedHashMap<>();

  static {
    SETS.put("tenCrop", EnumSet.allOf(CropName.class));
    SETS.put("fiveCrop", EnumSet.range(CropName.TOP_LEFT, CropName.CENTER));
    SETS.put("flip", EnumSet.of(CropName.CENTER, CropName.CENTER_MIRRORED));
  }

  static final List<String> WORDS = words();

  private static final String JOIN = "+";
  private static final String AT = "@";
  private static final Pattern SIDE = Pattern.compile("[1-9][0-9]{0,3}");

  /** Stands for the stored size; sorts before all others. */
  private static final int STORED = 0;

  private ViewExpression() {}

  private static List<String> words() {
    List<String> words = new ArrayList<>(List.of("center", "flip", "fiveCrop", "tenCrop"));
    CropName.ALL.stream()
        .map(CropName::label)
        .filter(label -> !words.contains(label))
        .forEach(words::add);
    return List.copyOf(words);
  }

  /**
   * The crops of an expression, those of the stored image first, then by size.
   *
   * @throws IllegalArgumentException when it is none
   */
  static List<Scale> parse(String expression) {
    NavigableMap<Integer, Set<CropName>> bySide = new TreeMap<>();
    for (String term : expression.split(Pattern.quote(JOIN), -1)) {
      String[] parts = term.strip().split(AT, 2);
      int side = parts.length == 1 ? STORED : side(parts[1].strip(), expression);
      bySide
          .computeIfAbsent(side, none -> EnumSet.noneOf(CropName.class))
          .addAll(crops(parts[0].strip(), expression));
    }
    int crops = bySide.values().stream().mapToInt(Set::size).sum();
    if (crops > ViewSpec.MAX_CROPS) {
      throw new IllegalArgumentException(
          "the view takes %d crops of an image; at most %d are allowed"
              .formatted(crops, ViewSpec.MAX_CROPS));
    }
    return bySide.entrySet().stream()
        .map(
            scale ->
                new Scale(
                    scale.getKey() == STORED ? null : scale.getKey(),
                    List.copyOf(scale.getValue())))
        .toList();
  }

  private static Set<CropName> crops(String word, String expression) {
    Set<CropName> set = SETS.get(word);
    if (set != null) {
      return set;
    }
    return CropName.ALL.stream()
        .filter(crop -> crop.label().equals(word))
        .findFirst()
        .map(EnumSet::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' in the view '%s' is no crop; there are %s"
                        .formatted(word, expression, String.join(", ", WORDS))));
  }

  private static int side(String text, String expression) {
    int side = SIDE.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (side < 1 || side > ViewSpec.MAX_SHORTER_SIDE) {
      throw new IllegalArgumentException(
          "'@%s' in the view '%s' is no size; it is the shorter side in pixels, 1 to %d"
              .formatted(text, expression, ViewSpec.MAX_SHORTER_SIDE));
    }
    return side;
  }

  /** The one expression for these crops. */
  static String shortest(List<Scale> scales) {
    return scales.stream()
        .flatMap(
            scale -> {
              String at = scale.shorterSide() == null ? "" : AT + scale.shorterSide();
              return terms(scale.crops()).stream().map(term -> term + at);
            })
        .collect(Collectors.joining(JOIN));
  }

  private static List<String> terms(List<CropName> crops) {
    Set<CropName> left = EnumSet.copyOf(crops);
    List<String> terms = new ArrayList<>();
    SETS.forEach(
        (name, set) -> {
          if (left.containsAll(set)) {
            terms.add(name);
            left.removeAll(set);
          }
        });
    left.forEach(crop -> terms.add(crop.label()));
    return terms;
  }
}
