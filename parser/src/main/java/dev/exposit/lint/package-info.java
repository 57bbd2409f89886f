/**
 * Finds out what is wrong with a scrape: the rules over whole expositions, on top of what the readers refuse line by
 * line. The door is {@link dev.exposit.lint.Lint}; the rules are {@link dev.exposit.lint.LintRule}.
 */
@NullMarked
package dev.exposit.lint;

import org.jspecify.annotations.NullMarked;
