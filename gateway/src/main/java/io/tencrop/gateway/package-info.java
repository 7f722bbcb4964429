/**
 * The gateway: the one address that people and programs talk to. It takes experiments over HTTP,
 * keeps their state, has the other services do the work by messages, and shows what comes of it.
 */
@NullMarked
package io.tencrop.gateway;

import org.jspecify.annotations.NullMarked;
