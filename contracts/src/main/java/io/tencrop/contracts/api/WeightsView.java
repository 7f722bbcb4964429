package io.tencrop.contracts.api;

import io.tencrop.contracts.spec.ArchitectureSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint's weights, or weights that were uploaded, as the API shows them.
 *
 * @param id of the checkpoint: what {@code initialWeights} takes
 * @param sha256 of the weights file
 * @param bytes of the weights file
 * @param tensors in it
 * @param parameters numbers in all tensors, running statistics among them
 * @param runId that trained them; absent when they were uploaded
 * @param architecture that they were trained as; absent when they were uploaded
 */
public record WeightsView(
    String id,
    String sha256,
    long bytes,
    int tensors,
    long parameters,
    @Nullable UUID runId,
    @Nullable ArchitectureSpec architecture) {}
