package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The first layers of a network, as far as a crop's activations are a part of those of the whole
 * image: windows without padding, and what works value by value. Crops that lie a multiple of
 * {@code stride} pixels apart can share them; without any layer, the normalized pixels.
 *
 * @param layers how many
 * @param stride pixels from one of their outputs to the next
 */
public record SharedPrefix(int layers, int stride) {

  /** Of each stride the longest prefix, by stride; the first has stride 1. */
  public static List<SharedPrefix> of(Network network) {
    List<SharedPrefix> prefixes = new ArrayList<>();
    int stride = 1;
    int count = 0;
    for (Network.NamedLayer named : network.layers()) {
      int step = step(named.layer());
      if (step == 0) {
        break;
      }
      if (step > 1) {
        prefixes.add(new SharedPrefix(count, stride));
      }
      stride *= step;
      count++;
    }
    prefixes.add(new SharedPrefix(count, stride));
    return prefixes;
  }

  /** What goes in after the prefix. */
  public ActivationShape output(Network network) {
    return layers == 0 ? network.input() : network.layers().get(layers - 1).output();
  }

  /** The layer's stride; 0: its output depends on where the image ends. */
  private static int step(Layer layer) {
    if (layer instanceof Conv2d convolution) {
      return convolution.padding() == 0 ? convolution.stride() : 0;
    } else if (layer instanceof AvgPool2d pool) {
      return pool.stride();
    } else if (layer instanceof MaxPool2d pool) {
      return pool.padding() == 0 ? pool.stride() : 0;
    }
    boolean pointwise =
        layer instanceof BatchNorm2d
            || layer instanceof Relu
            || layer instanceof Gelu
            || layer instanceof Scale;
    return pointwise ? 1 : 0;
  }
}
