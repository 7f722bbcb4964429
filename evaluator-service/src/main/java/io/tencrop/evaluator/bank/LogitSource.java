package io.tencrop.evaluator.bank;

import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.util.Optional;

/** Where banked logits are read. */
@FunctionalInterface
public interface LogitSource {
  /**
   * The entry, if it is there.
   *
   * @throws io.tencrop.vision.safetensors.SafetensorsFormatException when what is there is not one
   */
  Optional<LogitBank> find(BankKey key) throws IOException;
}
