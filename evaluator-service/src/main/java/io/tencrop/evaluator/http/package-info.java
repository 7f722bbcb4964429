/** How this service answers over HTTP. */
@NullMarked
package io.tencrop.evaluator.http;

import org.jspecify.annotations.NullMarked;
