package io.tencrop.vision.weights;

import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.SafetensorsHeader;
import io.tencrop.vision.safetensors.TensorInfo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** The directory of a safetensors file. */
final class SafetensorsFiles {
  private SafetensorsFiles() {}

  static List<StoredTensor> read(FileChannel channel) throws IOException {
    try {
      SafetensorsHeader header =
          SafetensorsHeader.read(
              new BufferedInputStream(Channels.newInputStream(channel)), channel.size());
      List<StoredTensor> tensors = new ArrayList<>();
      for (TensorInfo tensor : header.tensors().values()) {
        if (WeightsFile.isCounter(tensor.name())) {
          continue;
        }
        ElementType type =
            ElementType.of(tensor.type())
                .orElseThrow(
                    () ->
                        new WeightsFormatException(
                            "tensor '%s' is of %s; weights are F32, F16, BF16 or F64"
                                .formatted(tensor.name(), tensor.type())));
        tensors.add(
            new StoredTensor(
                tensor.name(),
                type,
                tensor.shape(),
                StoredTensor.rowMajor(tensor.shape()),
                header.dataOffset() + tensor.begin(),
                ByteOrder.LITTLE_ENDIAN));
      }
      return tensors;
    } catch (SafetensorsFormatException e) {
      throw new WeightsFormatException(
          "it is neither safetensors nor a file that torch.save wrote, or it is damaged: "
              + e.getMessage(),
          e);
    }
  }
}
