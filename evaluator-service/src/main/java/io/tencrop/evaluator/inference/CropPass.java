package io.tencrop.evaluator.inference;

import io.micrometer.core.instrument.Counter;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.ResizedImages;
import io.tencrop.vision.evaluation.LogitBank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a network about images: each is resized once for each size that crops are taken of. */
public final class CropPass {
  /** Images between two looks at whether to stop. */
  public static final int IMAGES_PER_CALL = 64;

  private final Counter counter;

  /**
   * @param counter of the crops that a network was asked for
   */
  public CropPass(Counter counter) {
    this.counter = counter;
  }

  /**
   * The logits of images {@code from} to {@code to} (exclusive).
   *
   * @param crops each once; those of one image size follow each other
   * @throws InterruptedException when this replica stops
   */
  public LogitBank ask(
      Networks.Answering network, ImageSet images, int from, int to, List<ViewCrop> crops)
      throws InterruptedException {
    int n = to - from;
    float[] logits = new float[0];
    int outputs = 0;
    for (int begin = from; begin < to; begin += IMAGES_PER_CALL) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while evaluating");
      }
      int end = Math.min(begin + IMAGES_PER_CALL, to);
      float[] part = logits(network, images, begin, end, crops);
      if (begin == from) {
        outputs = part.length / ((end - begin) * crops.size());
        logits = new float[Math.multiplyExact(Math.multiplyExact(n, crops.size()), outputs)];
      }
      System.arraycopy(part, 0, logits, (begin - from) * crops.size() * outputs, part.length);
      counter.increment((double) (end - begin) * crops.size());
    }
    return bank(images, from, to, crops.size(), outputs, logits);
  }

  /**
   * The logits of few images, {@code [to - from, crops, outputs]}.
   *
   * @param crops as above
   */
  public static float[] logits(
      Networks.Answering network, ImageSet images, int from, int to, List<ViewCrop> crops) {
    float[] logits = new float[0];
    int perImage = 0;
    int first = 0;
    for (Scale scale : scales(images, crops)) {
      float[] part = network.logits(scale.images(), from, to, scale.crops());
      int count = part.length / (to - from);
      if (first == 0) {
        perImage = count / scale.crops().size() * crops.size();
        logits = new float[Math.multiplyExact(to - from, perImage)];
      }
      for (int i = 0; i < to - from; i++) {
        System.arraycopy(part, i * count, logits, i * perImage + first, count);
      }
      first += count;
    }
    return logits;
  }

  /** The crops of one image size. */
  private record Scale(ImageSet images, List<Crop> crops) {}

  private static List<Scale> scales(ImageSet images, List<ViewCrop> crops) {
    Map<ImageSize, List<Crop>> bySize = new LinkedHashMap<>();
    crops.forEach(
        crop -> bySize.computeIfAbsent(crop.image(), size -> new ArrayList<>()).add(crop.crop()));
    List<Scale> scales = new ArrayList<>();
    bySize.forEach((size, some) -> scales.add(new Scale(sized(images, size), some)));
    return scales;
  }

  private static ImageSet sized(ImageSet images, ImageSize size) {
    return size.equals(new ImageSize(images.height(), images.width()))
        ? images
        : new ResizedImages(images, size);
  }

  private static LogitBank bank(
      ImageSet images, int from, int to, int crops, int outputs, float[] logits) {
    int[] labels = new int[to - from];
    long[] ids = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = images.label(i);
      ids[i - from] = images.id(i);
    }
    return new LogitBank(crops, outputs, logits, labels, ids);
  }
}
