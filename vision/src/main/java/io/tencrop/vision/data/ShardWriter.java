package io.tencrop.vision.data;

import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Writes a shard as a stream: {@code images} U8 {@code [n, H, W, C]}, {@code labels} I32 {@code
 * [n]}, {@code ids} I64 {@code [n]} in a safetensors file. Pixels go out as they come; the same
 * images give the same bytes.
 */
public final class ShardWriter implements Closeable {
  public static final String IMAGES = "images";
  static final String LABELS = "labels";
  public static final String IDS = "ids";

  private final SafetensorsWriter out;
  private final int height;
  private final int width;
  private final int channels;
  private final ByteBuffer labels;
  private final ByteBuffer ids;

  /**
   * Writes the header.
   *
   * @param out closed by {@link #close()}
   * @param images how many will follow
   */
  public ShardWriter(OutputStream out, int images, int height, int width, int channels)
      throws IOException {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.labels = ByteBuffer.allocate(images * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    this.ids = ByteBuffer.allocate(images * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long n = images;
    this.out =
        new SafetensorsWriter(
            out,
            List.of(
                new Entry(
                    IMAGES,
                    TensorType.U8,
                    List.of(n, (long) height, (long) width, (long) channels)),
                new Entry(LABELS, TensorType.I32, List.of(n)),
                new Entry(IDS, TensorType.I64, List.of(n))),
            Map.of());
  }

  /**
   * Appends one image.
   *
   * @throws IllegalArgumentException when it has another size than the shard
   * @throws IllegalStateException when the shard is full
   */
  public void add(Bitmap image, int label, long id) throws IOException {
    if (image.height() != height || image.width() != width || image.channels() != channels) {
      throw new IllegalArgumentException(
          "image %d has %dx%dx%d, the shard %dx%dx%d"
              .formatted(
                  id, image.height(), image.width(), image.channels(), height, width, channels));
    }
    if (!labels.hasRemaining()) {
      throw new IllegalStateException("the shard is full");
    }
    out.write(ByteBuffer.wrap(image.data()));
    labels.putInt(label);
    ids.putLong(id);
  }

  /**
   * Ends the file.
   *
   * @throws IOException also when fewer images came than were announced: the file is then not valid
   */
  @Override
  public void close() throws IOException {
    try (out) {
      if (!labels.hasRemaining()) {
        out.write(labels.flip());
        out.write(ids.flip());
      }
    }
  }
}
