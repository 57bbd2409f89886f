/**
 * Metrics on their way to Graphite: paths or tags made of names and labels, what becomes of values, delivery that survives
 * the target's faults; and Graphite's lines read back.
 */
@NullMarked
package dev.exposit.graphite;

import org.jspecify.annotations.NullMarked;
