package io.tencrop.vision.network;

import java.util.List;

/** One operation of a network, or several that belong together. */
public sealed interface Layer
    permits Conv2d,
        BatchNorm2d,
        Linear,
        Relu,
        MaxPool2d,
        AvgPool2d,
        AdaptiveAvgPool2d,
        Dropout,
        Flatten,
        Residual,
        Gelu,
        Scale,
        LayerNorm,
        SelfAttention,
        EncoderBlock,
        ClassToken,
        PositionEmbedding,
        FirstToken {
  /**
   * The shape that comes out when {@code input} goes in.
   *
   * @throws ArchitectureException when it cannot take that input
   */
  ActivationShape output(ActivationShape input) throws ArchitectureException;

  /**
   * What is trained, named {@code weight}, {@code bias} and so on; with the name "", as the layer
   * is.
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** What is kept beside, named {@code running_mean} and so on. */
  default List<Buffer> buffers() {
    return List.of();
  }

  /**
   * The TorchScript expression of its output.
   *
   * @param input the expression of its input, {@code [N, ...]}
   */
  String script(String input, Scope scope);

  /**
   * Accounts for its operations.
   *
   * @param input for one image
   * @param output the shape of what comes out
   */
  Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace);
}
