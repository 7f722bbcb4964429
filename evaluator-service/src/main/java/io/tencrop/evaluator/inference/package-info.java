/**
 * Networks of checkpoints, and the images that they are asked about. {@link
 * io.tencrop.evaluator.inference.Networks} loads them, {@link io.tencrop.evaluator.inference.Views}
 * says which crops a view takes of a stored image, and {@link
 * io.tencrop.evaluator.inference.CropPass} asks a network about those of many images. The images of
 * prepared data sets come from {@link io.tencrop.evaluator.inference.PreparedSplits}.
 */
@NullMarked
package io.tencrop.evaluator.inference;

import org.jspecify.annotations.NullMarked;
