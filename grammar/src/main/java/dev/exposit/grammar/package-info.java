/**
 * Reference parsers: each reads a format by its grammar and builds the model, as plainly as can be. They are what the
 * fast readers are held to, not meant for production.
 */
@NullMarked
package dev.exposit.grammar;

import org.jspecify.annotations.NullMarked;
