/**
 * What every service does with Kafka in the same way: the JSON of messages, the topics and share
 * groups with their settings, and the handling of a piece of work (retry, give up, dead-letter).
 */
@NullMarked
package io.tencrop.messaging;

import org.jspecify.annotations.NullMarked;
