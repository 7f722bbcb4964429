package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How images are divided into train, validation and test. Either the source provides train and
 * test, and {@code validation} is the share of its train part that is held out; or everything is
 * divided by the three shares, which add up to 1.
 *
 * @param provided the source has its own train and test parts
 * @param train share of all; absent when provided
 * @param validation share of all, or of the provided train part
 * @param test share of all; absent when provided
 * @param seed of the shuffle that decides which image goes where
 */
public record SplitSpec(
    boolean provided, @Nullable Double train, double validation, @Nullable Double test, long seed) {

  public static final long DEFAULT_SEED = 42;

  /** With the defaults for what is absent. */
  @JsonCreator
  public static SplitSpec of(
      @JsonProperty("provided") @Nullable Boolean provided,
      @JsonProperty("train") @Nullable Double train,
      @JsonProperty("validation") @Nullable Double validation,
      @JsonProperty("test") @Nullable Double test,
      @JsonProperty("seed") @Nullable Long seed) {
    return new SplitSpec(
        provided != null && provided,
        train,
        validation == null ? 0.1 : validation,
        test,
        seed == null ? DEFAULT_SEED : seed);
  }

  static SplitSpec defaults() {
    return new SplitSpec(false, 0.8, 0.1, 0.1, DEFAULT_SEED);
  }
}
