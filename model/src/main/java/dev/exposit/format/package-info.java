/**
 * The exposition formats as values: their names and content types (RFC 9110), and the escaping of names that a format
 * cannot carry.
 */
@NullMarked
package dev.exposit.format;

import org.jspecify.annotations.NullMarked;
