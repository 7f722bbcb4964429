/** What a person asks for: the experiment, and the runs that it expands to. */
@NullMarked
package io.tencrop.contracts.spec;

import org.jspecify.annotations.NullMarked;
