package io.tencrop.vision.data;

import java.util.List;

/**
 * The same images several times over, each time changed otherwise: epoch {@code e} sees variant
 * {@code e mod variants}; the first is what is seen without an epoch.
 */
public final class VariantImages implements ImageSet {
  private final List<ImageSet> variants;

  /**
   * A set of sets.
   *
   * @throws ShardFormatException when they do not hold the same images in the same order
   */
  public VariantImages(List<? extends ImageSet> variants) throws ShardFormatException {
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("no variants");
    }
    this.variants = List.copyOf(variants);
    for (int i = 1; i < variants.size(); i++) {
      check(i);
    }
  }

  private void check(int variant) throws ShardFormatException {
    ImageSet first = variants.get(0);
    ImageSet other = variants.get(variant);
    boolean same =
        other.size() == first.size()
            && other.channels() == first.channels()
            && other.height() == first.height()
            && other.width() == first.width();
    for (int i = 0; same && i < first.size(); i++) {
      same = other.id(i) == first.id(i) && other.label(i) == first.label(i);
    }
    if (!same) {
      throw new ShardFormatException(
          "variant %d holds other images than variant 0".formatted(variant));
    }
  }

  @Override
  public ImageSet ofEpoch(int epoch) {
    return variants.get(epoch % variants.size());
  }

  @Override
  public int size() {
    return variants.get(0).size();
  }

  @Override
  public int channels() {
    return variants.get(0).channels();
  }

  @Override
  public int height() {
    return variants.get(0).height();
  }

  @Override
  public int width() {
    return variants.get(0).width();
  }

  @Override
  public int label(int index) {
    return variants.get(0).label(index);
  }

  @Override
  public long id(int index) {
    return variants.get(0).id(index);
  }

  @Override
  public void copyCrop(int index, Crop crop, byte[] target, int offset) {
    variants.get(0).copyCrop(index, crop, target, offset);
  }
}
