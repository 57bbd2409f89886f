/**
 * The exposition formats as values: their names, content types and negotiation (RFC 9110), and the escaping of
 * names that a format cannot carry.
 */
@NullMarked
package dev.exposit.format;

import org.jspecify.annotations.NullMarked;
