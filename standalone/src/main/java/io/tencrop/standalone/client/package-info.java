/**
 * The gateway's HTTP API as the command line uses it: requests with the gateway's own problem
 * reports, and the live events of an experiment, which go on where they were after a lost
 * connection.
 */
@NullMarked
package io.tencrop.standalone.client;

import org.jspecify.annotations.NullMarked;
