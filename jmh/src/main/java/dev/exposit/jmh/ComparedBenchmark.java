package dev.exposit.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How all benchmarks with peers are run: many short forks, since on a shared machine what disturbs one does not disturb
 * all. The heap is large and does not grow, and there is one collector, so that the forks differ in nothing else. All of
 * it is touched beforehand: a page's first touch costs several times what we do with it, and short forks touch new ones
 * only.
 *
 * <p>The figures to look at are those of {@link Volume}, in megabytes a second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 5,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"})
public abstract class ComparedBenchmark {}
