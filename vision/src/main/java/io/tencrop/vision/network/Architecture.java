package io.tencrop.vision.network;

/** A family of networks: gives one for each input shape and number of outputs. */
public sealed interface Architecture
    permits Logistic,
        Shallow,
        LeNet5,
        AlexNet,
        AlexNetD2l,
        Vgg,
        ResNet,
        VisionTransformer,
        Airbench {
  /** As in a spec. */
  String name();

  /**
   * The network for this input.
   *
   * @param input {@code [C, H, W]}
   * @param outputs how many logits
   * @throws ArchitectureException when it cannot take the input
   */
  default Network network(ActivationShape input, int outputs) throws ArchitectureException {
    try {
      return network(new Network.Builder(input), outputs);
    } catch (ArchitectureException e) {
      // No network needs more than this.
      int side = Math.min(input.sizes().get(1), input.sizes().get(2));
      int limit = Math.max(side, 256) + 64;
      for (int larger = side + 1; larger <= limit; larger++) {
        if (takes(ActivationShape.image(input.sizes().get(0), larger, larger), outputs)) {
          throw new ArchitectureException(
              "%s; the next larger square it takes is %dx%d"
                  .formatted(e.getMessage(), larger, larger));
        }
      }
      throw e;
    }
  }

  private boolean takes(ActivationShape input, int outputs) {
    try {
      network(new Network.Builder(input), outputs);
      return true;
    } catch (ArchitectureException e) {
      return false;
    }
  }

  /** Puts the layers together. */
  Network network(Network.Builder builder, int outputs) throws ArchitectureException;
}
