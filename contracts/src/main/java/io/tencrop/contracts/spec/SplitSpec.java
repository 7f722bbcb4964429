package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param stratified each split has every class in the proportion of the whole; otherwise as chance
 *     has it
 */
public record SplitSpec(
    boolean provided,
    @Nullable Double train,
    double validation,
    @Nullable Double test,
    long seed,
    // Not written unless it is so: what is prepared is named by this record's JSON.
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stratified) {

  public static final long DEFAULT_SEED = 42;

  /** Not stratified. */
  public SplitSpec(
      boolean provided,
      @Nullable Double train,
      double validation,
      @Nullable Double test,
      long seed) {
    this(provided, train, validation, test, seed, false);
  }

  /** With the defaults for what is absent. */
  @JsonCreator
  public static SplitSpec of(
      @JsonProperty("provided") @Nullable Boolean provided,
      @JsonProperty("train") @Nullable Double train,
      @JsonProperty("validation") @Nullable Double validation,
      @JsonProperty("test") @Nullable Double test,
      @JsonProperty("seed") @Nullable Long seed,
      @JsonProperty("stratified") @Nullable Boolean stratified) {
    return new SplitSpec(
        provided != null && provided,
        train,
        validation == null ? 0.1 : validation,
        test,
        seed == null ? DEFAULT_SEED : seed,
        stratified != null && stratified);
  }

  static SplitSpec defaults() {
    return new SplitSpec(false, 0.8, 0.1, 0.1, DEFAULT_SEED);
  }
}
