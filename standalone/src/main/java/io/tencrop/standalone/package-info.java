/**
 * The launcher and command line: {@code tencrop up} starts real servers and the packaged services
 * on this machine, the other commands talk to the gateway.
 *
 * <ul>
 *   <li>{@code command}: what a person types, and what it prints
 *   <li>{@code platform}: child processes, their data directory, and their life from start to stop
 *   <li>{@code server}: mains of the broker, the database and the object store
 *   <li>{@code client}: the gateway's HTTP API and its live events
 *   <li>{@code terminal}: progress bars, tables and colours
 * </ul>
 */
@NullMarked
package io.tencrop.standalone;

import org.jspecify.annotations.NullMarked;
