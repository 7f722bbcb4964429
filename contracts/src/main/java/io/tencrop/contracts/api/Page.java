package io.tencrop.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor what to pass as {@code cursor} for the part after this; absent at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
