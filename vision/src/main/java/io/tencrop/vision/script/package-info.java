/**
 * TorchScript programs, written as text from the description of a network: inference, and a whole
 * training step (forward, loss, gradient, optimizer update) in one call. The parameters and the
 * optimizer's state stay with the caller.
 */
@NullMarked
package io.tencrop.vision.script;

import org.jspecify.annotations.NullMarked;
