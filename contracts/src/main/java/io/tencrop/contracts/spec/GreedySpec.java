package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Against greedy selection's overfitting to the validation images: Caruana et al. 2004, sections
 * 2.2 and 2.3.
 *
 * @param sortedInitialization the selection begins with the best members on validation, as many of
 *     them, up to this number, as together are best; 0: with none
 * @param bags so many selections, each from a random part of the members, whose picks are all
 *     taken; 0: one selection from all
 * @param bagFraction share of the members in a bag, in (0, 1]
 * @param seed of the random parts
 */
public record GreedySpec(int sortedInitialization, int bags, double bagFraction, long seed) {
  /** One selection that begins with no member. */
  public static final GreedySpec PLAIN = of(null, null, null, null);

  /** With the defaults for what is absent. */
  @JsonCreator
  public static GreedySpec of(
      @JsonProperty("sortedInitialization") @Nullable Integer sortedInitialization,
      @JsonProperty("bags") @Nullable Integer bags,
      @JsonProperty("bagFraction") @Nullable Double bagFraction,
      @JsonProperty("seed") @Nullable Long seed) {
    return new GreedySpec(
        sortedInitialization == null ? 0 : sortedInitialization,
        bags == null ? 0 : bags,
        bagFraction == null ? 0.5 : bagFraction,
        seed == null ? 0 : seed);
  }
}
