/**
 * What the command line draws with: colours where the terminal has them, lines that are redrawn in
 * place, progress bars and tables. Where output is not a terminal everything is plain lines.
 */
@NullMarked
package io.tencrop.standalone.terminal;

import org.jspecify.annotations.NullMarked;
