/**
 * The data sets that experiments can name: those that people register, and the catalog that the
 * service knows from the start. Served over HTTP to the gateway.
 */
@NullMarked
package io.tencrop.dataset.registry;

import org.jspecify.annotations.NullMarked;
