/** Benchmarks; what they showed stands in {@code jmh/RESULTS.md}. */
@NullMarked
package dev.exposit.jmh;

import org.jspecify.annotations.NullMarked;
