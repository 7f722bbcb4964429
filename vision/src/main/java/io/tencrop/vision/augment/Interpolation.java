package io.tencrop.vision.augment;

/** How a pixel is made from where it lies between pixels of the source. */
public enum Interpolation {
  /** The pixel that it lies in. */
  NEAREST,
  /** The four pixels around it, by their distance. */
  BILINEAR
}
