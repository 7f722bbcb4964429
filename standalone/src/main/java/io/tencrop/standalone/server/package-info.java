/**
 * The three servers that the services need, each a small main of its own that the launcher starts
 * as a child process: a Kafka broker, PostgreSQL and an S3 server. They are the real ones, with
 * settings for one machine, and they end when the launcher does, however it ends.
 */
@NullMarked
package io.tencrop.standalone.server;

import org.jspecify.annotations.NullMarked;
