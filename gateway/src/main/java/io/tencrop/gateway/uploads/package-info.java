/**
 * Takes files of any size for data sets: they go to the object store in parts as they come, and are
 * put together when the last one is there. Neither memory nor disk of the gateway grows with a
 * file.
 */
@NullMarked
package io.tencrop.gateway.uploads;

import org.jspecify.annotations.NullMarked;
