/**
 * Streaming readers of the exposition formats: a pull cursor over bytes, and the materialised model on top of it.
 *
 * <p>The cursor hands out views that are valid until its next call; what belongs to the model may be kept.
 */
@NullMarked
package dev.exposit.parser;

import org.jspecify.annotations.NullMarked;
