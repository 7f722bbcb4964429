package io.tencrop.vision.network;

/**
 * Vision transformer (Dosovitskiy et al. 2021) as in torchvision.
 *
 * @param patch side of a patch in pixels
 * @param width of a token
 * @param depth encoder blocks
 * @param heads of each attention; a divisor of {@code width}
 * @param mlpRatio units of an MLP's hidden layer, as a multiple of {@code width}
 */
record VisionTransformer(
    String name, int patch, int width, int depth, int heads, int mlpRatio, double dropout)
    implements Architecture {
  static final String VIT = "vit";
  static final String TINY = "vit-tiny";
  static final String B_16 = "vit-b-16";

  /** The ViT for CIFAR of Lee, Lee and Song 2021 (arXiv:2112.13492), for 32 px. */
  static VisionTransformer tiny(double dropout) {
    return new VisionTransformer(TINY, 4, 192, 9, 12, 2, dropout);
  }

  /** Torchvision's {@code vit_b_16}. */
  static VisionTransformer b16(double dropout) {
    return new VisionTransformer(B_16, 16, 768, 12, 12, 4, dropout);
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    if (width % heads != 0) {
      throw new ArchitectureException(
          "a width of %d does not divide into %d heads; heads must be a divisor of width"
              .formatted(width, heads));
    }
    checkSides(builder.current());
    int channels = builder.channels();
    builder
        .add(
            "conv_proj",
            new Conv2d(channels, width, patch, patch, 0, true, Conv2d.Start.TRUNCATED_FAN_IN))
        .add("class_token", new ClassToken(width));
    builder.add("encoder", new PositionEmbedding(builder.tokens(), width));
    builder.add("encoder.dropout", new Dropout(dropout));
    for (int i = 0; i < depth; i++) {
      builder.add(
          "encoder.layers.encoder_layer_" + i,
          EncoderBlock.of(width, heads, mlpRatio * width, dropout));
    }
    return builder
        .add("encoder.ln", new LayerNorm(width))
        .add("token", new FirstToken())
        .addLinear("heads.head", outputs, Linear.Start.ZERO)
        .build();
  }

  private void checkSides(ActivationShape input) throws ArchitectureException {
    int height = input.sizes().get(1);
    int width = input.sizes().get(2);
    if (height % patch != 0 || width % patch != 0) {
      throw new ArchitectureException(
          "an input of %s does not divide into patches of %dx%d; height and width must be multiples of %d"
              .formatted(input, patch, patch, patch));
    }
  }
}
