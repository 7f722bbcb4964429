package io.tencrop.vision.network;

/**
 * What an operation costs for one image, and what autograd keeps of it until the backward pass.
 *
 * @param forward floating point operations; a multiply-accumulate is two
 * @param weightGradient those of the gradient for its parameters
 * @param inputGradient those of the gradient for its input
 * @param inPlace whether its output lies where its input does: a view, or the input overwritten
 * @param keepsInput whether its gradient is computed from its input
 * @param keepsOutput whether its gradient is computed from its output
 * @param kept bytes that it keeps beside those, per image
 * @param keptPerBatch the same, however many images there are
 */
record Cost(
    long forward,
    long weightGradient,
    long inputGradient,
    boolean inPlace,
    boolean keepsInput,
    boolean keepsOutput,
    long kept,
    long keptPerBatch) {
  /** No products, and an output of its own. */
  static final Cost NONE = new Cost(0, 0, 0, false, false, false, 0, 0);

  /** No products, and no memory either. */
  static final Cost IN_PLACE = new Cost(0, 0, 0, true, false, false, 0, 0);

  /**
   * A convolution or a linear layer: as many multiply-accumulates for each of the gradients as
   * forward.
   */
  static Cost ofWeights(long multiplyAccumulates) {
    long operations = 2 * multiplyAccumulates;
    return new Cost(operations, operations, operations, false, true, false, 0, 0);
  }

  /**
   * Fused attention: two matrix products forward; backward the first of them again, and two for the
   * gradients of each.
   */
  static Cost ofAttention(long multiplyAccumulatesOfOneProduct) {
    long product = 2 * multiplyAccumulatesOfOneProduct;
    return new Cost(2 * product, 0, 5 * product, false, true, true, 0, 0);
  }

  Cost keepingInput() {
    return new Cost(
        forward, weightGradient, inputGradient, inPlace, true, keepsOutput, kept, keptPerBatch);
  }

  Cost keepingOutput() {
    return new Cost(
        forward, weightGradient, inputGradient, inPlace, keepsInput, true, kept, keptPerBatch);
  }

  Cost keeping(long bytes) {
    return new Cost(
        forward,
        weightGradient,
        inputGradient,
        inPlace,
        keepsInput,
        keepsOutput,
        bytes,
        keptPerBatch);
  }

  Cost keepingPerBatch(long bytes) {
    return new Cost(
        forward, weightGradient, inputGradient, inPlace, keepsInput, keepsOutput, kept, bytes);
  }
}
