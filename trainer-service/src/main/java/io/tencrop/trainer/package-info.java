/**
 * The trainer service: takes segments of runs from a queue, trains them with the vision library,
 * and leaves checkpoints in the object store.
 */
@NullMarked
package io.tencrop.trainer;

import org.jspecify.annotations.NullMarked;
