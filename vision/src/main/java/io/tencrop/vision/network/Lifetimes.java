package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;

/** From when to when the tensors of a forward pass are needed. */
final class Lifetimes {
  private final List<Life> lives = new ArrayList<>();
  private int operation;

  /** A tensor, from the operation that makes it to the last one that reads it. */
  static final class Life {
    private final long bytes;
    private final int from;
    private int to;

    private Life(long bytes, int from) {
      this.bytes = bytes;
      this.from = from;
      this.to = from;
    }
  }

  /** The next operation reads these. */
  void read(Life... inputs) {
    operation++;
    for (Life input : inputs) {
      input.to = operation;
    }
  }

  /** The operation at hand makes a tensor. */
  Life make(long bytes) {
    Life life = new Life(bytes, operation);
    lives.add(life);
    return life;
  }

  /** The most bytes of tensors that live during one operation. */
  long most() {
    long[] changes = new long[operation + 2];
    for (Life life : lives) {
      changes[life.from] += life.bytes;
      changes[life.to + 1] -= life.bytes;
    }
    long most = 0;
    long live = 0;
    for (long change : changes) {
      live += change;
      most = Math.max(most, live);
    }
    return most;
  }
}
