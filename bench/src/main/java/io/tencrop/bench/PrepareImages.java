package io.tencrop.bench;

import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.augment.ColorJitter;
import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.Interpolation;
import io.tencrop.vision.augment.RandomResizedCrop;
import io.tencrop.vision.augment.Rotation;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prepares the JPEG files of a directory on one thread, from memory, and prints what a stored image
 * takes, {@code {"decode": [microseconds, each pass], ...}}. Arguments: directory, passes to warm
 * up, passes to measure.
 */
public final class PrepareImages {
  private static final int VARIANTS = 8;

  private final List<byte[]> files = new ArrayList<>();
  private final List<Bitmap> decoded = new ArrayList<>();
  private final Augmenter augmenter =
      new Augmenter(
          List.of(
              new RandomResizedCrop(224, 0.8, 1, 0.9, 1.1),
              new HorizontalFlip(0.5),
              new Rotation(-10, 10, Interpolation.BILINEAR, 0),
              new ColorJitter(0.2, 0.2, 0.2, 0.05)),
          3,
          1,
          Purpose.VARIANT);

  /** Keeps results from being optimized away. */
  private long checksum;

  private PrepareImages(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.sorted().toList()) {
        files.add(Files.readAllBytes(path));
        decoded.add(ImageDecoder.decode(files.get(files.size() - 1)));
      }
    }
  }

  public static void main(String... args) throws IOException {
    PrepareImages images = new PrepareImages(Path.of(args[0]));
    int warmUp = Integer.parseInt(args[1]);
    int passes = Integer.parseInt(args[2]);
    Map<String, double[]> times = new LinkedHashMap<>();
    times.put("decode", images.measure(warmUp, passes, 1, images::decode));
    times.put("resize", images.measure(warmUp, passes, 1, images::resize));
    times.put("course", images.measure(warmUp, passes, 1, images::augment));
    times.put("variants", images.measure(warmUp, passes, VARIANTS, images::variants));
    StringBuilder json = new StringBuilder("{");
    times.forEach(
        (name, each) -> json.append("\"%s\": %s, ".formatted(name, Arrays.toString(each))));
    System.out.printf(
        "%s\"checksum\": %d, \"engine\": \"Tencrop, Java %s, JPEG by %s\"}%n",
        json, images.checksum, System.getProperty("java.version"), ImageDecoder.jpegDecoder());
  }

  private interface Work {
    Bitmap of(int image, int pass) throws ImageFormatException;
  }

  private double[] measure(int warmUp, int passes, int stored, Work work)
      throws ImageFormatException {
    double[] micros = new double[passes];
    for (int pass = -warmUp; pass < passes; pass++) {
      long begin = System.nanoTime();
      for (int i = 0; i < files.size(); i++) {
        Bitmap made = work.of(i, pass);
        checksum += made.data()[made.data().length / 2];
      }
      if (pass >= 0) {
        micros[pass] = (System.nanoTime() - begin) / 1e3 / files.size() / stored;
      }
    }
    return micros;
  }

  private Bitmap decode(int image, int pass) throws ImageFormatException {
    return ImageDecoder.decode(files.get(image));
  }

  private Bitmap resize(int image, int pass) {
    return decoded.get(image).resized(250, 250);
  }

  private Bitmap augment(int image, int pass) throws ImageFormatException {
    return augmenter.apply(decode(image, pass), image, pass);
  }

  /** Of one decoding. */
  private Bitmap variants(int image, int pass) throws ImageFormatException {
    Bitmap photo = decode(image, pass);
    Bitmap last = photo;
    for (int variant = 0; variant < VARIANTS; variant++) {
      last = augmenter.apply(photo, image, (long) pass * VARIANTS + variant);
    }
    return last;
  }
}
