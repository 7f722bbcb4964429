/** The commands of {@code tencrop}: what each takes, does and prints. */
@NullMarked
package io.tencrop.standalone.command;

import org.jspecify.annotations.NullMarked;
