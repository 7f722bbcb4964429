package io.tencrop.vision.fuzz;

import io.tencrop.vision.data.ShardFormatException;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Safetensors files, also as shards. */
final class SafetensorsTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] file : Inputs.files(Path.of("src", "test", "resources", "weights"), 1 << 16)) {
      if (file.length > 8 && file[8] == '{') {
        seeds.add(file);
      }
    }
    seeds.add(Shards.small());
    return seeds;
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path path = Inputs.file(input);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (String name : file.header().tensors().keySet()) {
        file.data(name);
      }
    } catch (SafetensorsFormatException e) {
      return; // as it should be
    }
    try (ShardedImages images = ShardedImages.open(List.of(path))) {
      for (int i = 0; i < Math.min(3, images.size()); i++) {
        images.label(i);
      }
    } catch (SafetensorsFormatException | ShardFormatException e) {
      return; // as it should be
    }
  }
}
