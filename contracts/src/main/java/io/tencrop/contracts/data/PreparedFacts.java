package io.tencrop.contracts.data;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.Normalization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What showed when the images of a prepared data set were read.
 *
 * @param classCounts per split: images of each class, in the order of the labels; an image with
 *     several variants counts once
 * @param normalization mean and standard deviation, by channel and in [0, 1], over all pixels of
 *     the training images as they are stored, all variants; a deviation is 0 where all pixels are
 *     the same
 * @param duplicates absent when the source's description tells no digests
 */
public record PreparedFacts(
    Map<SplitName, List<Long>> classCounts,
    Normalization normalization,
    @Nullable Duplicates duplicates) {}
