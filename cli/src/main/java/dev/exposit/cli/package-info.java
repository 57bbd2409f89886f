/**
 * The command line {@code exposit}: a thin layer of options, exit codes and messages over the library.
 */
@NullMarked
package dev.exposit.cli;

import org.jspecify.annotations.NullMarked;
