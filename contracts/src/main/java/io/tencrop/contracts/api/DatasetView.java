package io.tencrop.contracts.api;

import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.Normalization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered data set.
 *
 * @param sourceDigest absent until it was first read
 * @param licence of the images, where known
 * @param normalization mean and standard deviation of the training images as published, where known
 * @param prepared what was made of it so far
 */
public record DatasetView(
    String name,
    DatasetRegistration.Source source,
    @Nullable String sourceDigest,
    @Nullable String licence,
    @Nullable Normalization normalization,
    List<PreparedDataset> prepared) {}
