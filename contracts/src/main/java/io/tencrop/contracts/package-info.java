/**
 * What the services say to each other: records only, no logic beyond checking and defaults.
 *
 * <ul>
 *   <li>{@code spec}: what a person asks for, and the runs that it expands to
 *   <li>{@code event}: what travels over Kafka, one record or sealed interface per topic
 *   <li>{@code data}: manifests of what lies in the object store
 *   <li>{@code api}: answers of the HTTP API
 * </ul>
 *
 * <p>Fields are only ever added, with a default; a golden JSON file per event, read by today's
 * code, holds that.
 */
@NullMarked
package io.tencrop.contracts;

import org.jspecify.annotations.NullMarked;
