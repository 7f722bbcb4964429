/**
 * All contact with DJL's PyTorch engine: loading a program, holding tensors between calls, calling.
 * Nothing outside this package (and one class in {@code ai.djl.pytorch.jni}) knows the engine's
 * classes.
 *
 * <p>PyTorch's settings belong to a thread, so a program is created, called and closed by one and
 * the same thread.
 */
@NullMarked
package io.tencrop.vision.engine;

import org.jspecify.annotations.NullMarked;
