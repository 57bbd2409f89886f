/**
 * Writers of the exposition formats, from the model or from a stream of metrics, with an account of what a format
 * cannot carry.
 */
@NullMarked
package dev.exposit.writer;

import org.jspecify.annotations.NullMarked;
