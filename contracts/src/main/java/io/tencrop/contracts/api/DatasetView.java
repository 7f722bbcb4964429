package io.tencrop.contracts.api;

import io.tencrop.contracts.data.PreparedDataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered data set.
 *
 * @param sourceDigest absent until it was first read
 * @param licence of the images, where known
 * @param prepared what was made of it so far
 */
public record DatasetView(
    String name,
    DatasetRegistration.Source source,
    @Nullable String sourceDigest,
    @Nullable String licence,
    List<PreparedDataset> prepared) {}
