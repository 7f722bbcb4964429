/**
 * Images before they reach a network: reading them from files of several formats, resizing, the
 * division into splits, the shards that they are stored in; then sets of stored images, the crops
 * that are taken of them, and the order in which training sees them. All of it is a pure function
 * of its arguments.
 */
@NullMarked
package io.tencrop.vision.data;

import org.jspecify.annotations.NullMarked;
