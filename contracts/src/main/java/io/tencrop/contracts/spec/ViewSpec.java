package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a stored image the network sees when it is tested. */
public enum ViewSpec {
  /** One crop, torchvision's {@code CenterCrop}. */
  @JsonProperty("center")
  CENTER("center", 1),
  /** The centre crop and its mirror image. */
  @JsonProperty("flip")
  FLIP("flip", 2),
  /**
   * Four corners and the centre, each also mirrored: torchvision's {@code TenCrop}, in its order.
   */
  @JsonProperty("tenCrop")
  TEN_CROP("tenCrop", 10);

  private final String label;
  private final int crops;

  ViewSpec(String label, int crops) {
    this.label = label;
    this.crops = crops;
  }

  /** The name in files and in JSON. */
  public String label() {
    return label;
  }

  /** How many crops of an image it takes. */
  public int crops() {
    return crops;
  }
}
