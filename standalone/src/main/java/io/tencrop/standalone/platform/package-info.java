/**
 * A whole platform on one machine: the servers and services as child processes, in an order, with
 * readiness, supervision and an orderly end. All that it keeps lies in one {@link
 * io.tencrop.standalone.platform.DataDirectory}; what runs is written to a state file there, so
 * that other invocations find it and the next start can clear up after a launcher that was killed.
 */
@NullMarked
package io.tencrop.standalone.platform;

import org.jspecify.annotations.NullMarked;
