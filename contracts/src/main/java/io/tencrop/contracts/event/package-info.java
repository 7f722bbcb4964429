/**
 * Messages on Kafka: one record or sealed interface per topic, see {@link
 * io.tencrop.contracts.Topics}.
 */
@NullMarked
package io.tencrop.contracts.event;

import org.jspecify.annotations.NullMarked;
