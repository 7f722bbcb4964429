/** Programs that measure; each prints one line of JSON for the script that compares. */
@NullMarked
package io.tencrop.bench;

import org.jspecify.annotations.NullMarked;
