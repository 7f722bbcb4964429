/**
 * Asks the other services over HTTP for what they own, with a timeout, and passes their answers on.
 */
@NullMarked
package io.tencrop.gateway.upstream;

import org.jspecify.annotations.NullMarked;
