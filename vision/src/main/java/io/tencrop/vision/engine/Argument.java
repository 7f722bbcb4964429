package io.tencrop.vision.engine;

import java.util.List;

/** What a program's method can be called with. */
public sealed interface Argument {
  /**
   * Images, uint8 {@code [count, height, width, channels]}.
   *
   * @param bytes of which the first {@code count * height * width * channels} are taken
   */
  record Pixels(byte[] bytes, int count, int height, int width, int channels) implements Argument {}

  /** Classes, int64 {@code [count]}. */
  record Labels(long[] values) implements Argument {}

  /**
   * Numbers, float32 {@code [rows, values.length / rows]}.
   *
   * @param values row-major
   */
  record Rows(float[] values, int rows) implements Argument {}

  /** An {@code int}. */
  record Whole(long value) implements Argument {}

  /** A {@code List[int]}. */
  record Wholes(List<Long> values) implements Argument {}

  /** A {@code float}. */
  record Real(double value) implements Argument {}

  /** Tensors that live between calls. */
  record Tensors(TensorGroup group) implements Argument {}
}
