package io.tencrop.evaluator;

import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.util.Optional;

/** Where banked logits are read. */
@FunctionalInterface
interface LogitSource {
  /**
   * The entry, if it is there.
   *
   * @throws io.tencrop.vision.safetensors.SafetensorsFormatException when what is there is not one
   */
  Optional<LogitBank> find(BankKey key) throws IOException;
}
