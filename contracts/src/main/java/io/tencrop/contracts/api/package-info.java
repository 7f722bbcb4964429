/** Answers of the HTTP API. */
@NullMarked
package io.tencrop.contracts.api;

import org.jspecify.annotations.NullMarked;
