package io.tencrop.evaluator.inference;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;

/**
 * A crop of an image that was resized before.
 *
 * @param image the size that it has then; the stored one when it is not resized
 */
public record ViewCrop(ImageSize image, Crop crop) {}
