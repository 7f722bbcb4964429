/**
 * The HTTP API, version 1. Resources translate between HTTP and what the other packages do; every
 * error is {@code application/problem+json} (RFC 9457) and says what happened, where, and what to
 * do.
 */
@NullMarked
package io.tencrop.gateway.api;

import org.jspecify.annotations.NullMarked;
