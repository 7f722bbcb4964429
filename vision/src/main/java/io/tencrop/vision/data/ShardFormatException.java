package io.tencrop.vision.data;

import java.io.IOException;

/** The file is a safetensors file, but not a shard, or it does not go with the others. */
public final class ShardFormatException extends IOException {
  ShardFormatException(String message) {
    super(message);
  }
}
