package io.tencrop.contracts.spec;

import java.util.List;

/**
 * A crop of an image: torchvision's ten, in the order of {@code TenCrop}. A mirrored crop is the
 * mirror image of what the crop of that name shows; so the sixth of the ten, the top left of the
 * mirrored image, is the mirrored top right crop.
 */
public enum CropName {
  TOP_LEFT("topLeft"),
  TOP_RIGHT("topRight"),
  BOTTOM_LEFT("bottomLeft"),
  BOTTOM_RIGHT("bottomRight"),
  CENTER("center"),
  TOP_RIGHT_MIRRORED("topRightMirrored"),
  TOP_LEFT_MIRRORED("topLeftMirrored"),
  BOTTOM_RIGHT_MIRRORED("bottomRightMirrored"),
  BOTTOM_LEFT_MIRRORED("bottomLeftMirrored"),
  CENTER_MIRRORED("centerMirrored");

  /** As many as torchvision's {@code TenCrop} takes. */
  public static final List<CropName> ALL = List.of(values());

  private final String label;

  CropName(String label) {
    this.label = label;
  }

  /** The name in files and in JSON. */
  public String label() {
    return label;
  }

  boolean isCentral() {
    return this == CENTER || this == CENTER_MIRRORED;
  }
}
