package io.tencrop.evaluator.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.storage.Digests;
import java.util.List;

/**
 * The name of an entry of the logit bank: all that the logits depend on.
 *
 * @param inputId short hash of how a stored image becomes what the network sees
 * @param variant which of the stored variants of training images; 0 where there is one
 */
public record BankKey(
    String weightsSha256,
    String preparedId,
    String inputId,
    SplitName split,
    ViewSpec view,
    int variant) {
  private static final int INPUT_ID_LENGTH = 16;

  public static BankKey of(
      String weightsSha256, String preparedId, InputSpec input, SplitName split, ViewSpec view) {
    return new BankKey(weightsSha256, preparedId, inputId(input), split, view, 0);
  }

  /**
   * Crop size and normalization, hashed. Where training took its crops does not matter here, and
   * the view has its own place in the name.
   */
  private static String inputId(InputSpec input) {
    Normalization normalize = input.normalize();
    List<Double> mean = normalize == null ? List.of() : normalize.mean();
    List<Double> std = normalize == null ? List.of() : normalize.std();
    String text = "crop=%s;mean=%s;std=%s".formatted(input.crop(), mean, std);
    return Digests.sha256(text.getBytes(UTF_8)).substring(0, INPUT_ID_LENGTH);
  }

  /** The same of another variant. */
  BankKey withVariant(int other) {
    return new BankKey(weightsSha256, preparedId, inputId, split, view, other);
  }

  /** In {@link Buckets#LOGITS}. */
  public String objectKey() {
    String images = variant == 0 ? split.label() : split.label() + "." + variant;
    return Buckets.logits(weightsSha256, preparedId, inputId, images, view.label());
  }
}
