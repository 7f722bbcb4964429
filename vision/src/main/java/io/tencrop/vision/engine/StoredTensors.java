package io.tencrop.vision.engine;

import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.TensorInfo;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.util.List;

/** Float32 tensors of a safetensors file. */
public final class StoredTensors {
  private StoredTensors() {}

  /**
   * The tensor of this name.
   *
   * @throws SafetensorsFormatException when it is not there, or has another type or shape
   */
  public static Content read(SafetensorsFile file, String name, List<Long> shape)
      throws IOException {
    TensorInfo tensor = file.tensor(name);
    if (tensor.type() != TensorType.F32 || !tensor.shape().equals(shape)) {
      throw new SafetensorsFormatException(
          "tensor '%s' is %s %s, the network needs F32 %s"
              .formatted(name, tensor.type(), tensor.shape(), shape));
    }
    return new Content(shape, file.data(name).asFloatBuffer());
  }
}
