/** What a training step does beside the network: the input's transform, the loss, the optimizer. */
@NullMarked
package io.tencrop.vision.recipe;

import org.jspecify.annotations.NullMarked;
