package io.tencrop.vision.network;

/** A layer within a block, under the name that its parameters have there. */
record Part(String name, Layer layer) {}
