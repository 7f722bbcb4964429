/**
 * Training: one run, step by step, whose state after step n depends on nothing but its settings,
 * its data, the engine and the number of threads; so it can be saved after any step and go on
 * elsewhere with the same bits.
 */
@NullMarked
package io.tencrop.vision.training;

import org.jspecify.annotations.NullMarked;
