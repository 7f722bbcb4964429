package io.tencrop.vision.network;

import java.util.List;

/**
 * VGG as in torchvision (Simonyan and Zisserman 2015, configurations A and D).
 *
 * @param convolutions per block
 * @param widthDivisor divides the maps of every convolution; the VGG-11 of "Dive into Deep
 *     Learning" has 4
 */
record Vgg(
    String name, List<Integer> convolutions, int widthDivisor, boolean batchNorm, double dropout)
    implements Architecture {
  static final String VGG11 = "vgg11";
  static final String VGG16 = "vgg16";

  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);

  static Vgg vgg11(int widthDivisor, boolean batchNorm, double dropout) {
    return new Vgg(VGG11, List.of(1, 1, 2, 2, 2), widthDivisor, batchNorm, dropout);
  }

  static Vgg vgg16(int widthDivisor, boolean batchNorm, double dropout) {
    return new Vgg(VGG16, List.of(2, 2, 3, 3, 3), widthDivisor, batchNorm, dropout);
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    int index = 0;
    for (int block = 0; block < WIDTHS.size(); block++) {
      int width = WIDTHS.get(block) / widthDivisor;
      for (int i = 0; i < convolutions.get(block); i++) {
        Conv2d convolution =
            new Conv2d(builder.channels(), width, 3, 1, 1, true, Conv2d.Start.KAIMING_FAN_OUT);
        builder.add("features." + index++, convolution);
        if (batchNorm) {
          builder.add("features." + index++, new BatchNorm2d(width));
        }
        builder.add("features." + index++, new Relu());
      }
      builder.add("features." + index++, new MaxPool2d(2, 2, 0));
    }
    return builder
        .add("avgpool", new AdaptiveAvgPool2d(7))
        .add("flatten", new Flatten())
        .addLinear("classifier.0", 4096, Linear.Start.NORMAL)
        .add("classifier.1", new Relu())
        .add("classifier.2", new Dropout(dropout))
        .addLinear("classifier.3", 4096, Linear.Start.NORMAL)
        .add("classifier.4", new Relu())
        .add("classifier.5", new Dropout(dropout))
        .addLinear("classifier.6", outputs, Linear.Start.NORMAL)
        .build();
  }
}
