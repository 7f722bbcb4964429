/**
 * Networks as data. An {@link io.tencrop.vision.network.Architecture} makes a {@link
 * io.tencrop.vision.network.Network} for an input and a number of outputs: named layers, each a
 * record that knows its output shape, its parameters with their initial distribution, and its
 * TorchScript expression. Everything else about a network is derived from that one description.
 */
@NullMarked
package io.tencrop.vision.network;

import org.jspecify.annotations.NullMarked;
