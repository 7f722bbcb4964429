package io.tencrop.vision.network;

/** A family of networks: gives one for each input shape and number of outputs. */
public sealed interface Architecture
    permits Logistic, Shallow, LeNet5, AlexNet, AlexNetD2l, Vgg, ResNet, VisionTransformer {
  /** As in a spec. */
  String name();

  /**
   * The network for this input.
   *
   * @param input {@code [C, H, W]}
   * @param outputs how many logits
   * @throws ArchitectureException when it cannot take the input
   */
  Network network(ActivationShape input, int outputs) throws ArchitectureException;
}
