package io.tencrop.vision.fuzz;

import io.tencrop.vision.weights.WeightsFile;
import io.tencrop.vision.weights.WeightsFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Weights as people upload them: safetensors and what torch.save wrote. */
final class WeightsTarget implements FuzzTarget {
  /** More are allowed, and take their time. */
  private static final long MAX_ELEMENTS = 1 << 20;

  @Override
  public List<byte[]> seeds() throws IOException {
    return Inputs.files(Path.of("src", "test", "resources", "weights"), 1 << 16);
  }

  @Override
  public void read(byte[] input) throws IOException {
    try (WeightsFile weights = WeightsFile.open(Inputs.file(input))) {
      for (Map.Entry<String, List<Long>> tensor : weights.shapes().entrySet()) {
        if (tensor.getValue().stream().reduce(1L, (a, b) -> a * b) <= MAX_ELEMENTS) {
          weights.copy(tensor.getKey(), piece -> piece.get(new byte[piece.remaining()]));
        }
      }
    } catch (WeightsFormatException e) {
      return; // as it should be
    }
  }
}
