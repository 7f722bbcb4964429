/**
 * Safetensors files: the one format of shards, checkpoints and logits. Written as a stream with the
 * bytes depending on nothing but the content; read memory-mapped, or by the header and ranges. The
 * format is described at https://github.com/huggingface/safetensors.
 */
@NullMarked
package io.tencrop.vision.safetensors;

import org.jspecify.annotations.NullMarked;
