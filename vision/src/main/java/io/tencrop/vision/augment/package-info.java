/**
 * Random changes of training images: torchvision's transforms, under its names and with its
 * parameters, on uint8 images. Each choice is a function of (seed, epoch or variant, image id), so
 * that neither the batch size nor the order of images nor a resume changes it.
 */
@NullMarked
package io.tencrop.vision.augment;

import org.jspecify.annotations.NullMarked;
