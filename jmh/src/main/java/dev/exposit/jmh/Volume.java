package dev.exposit.jmh;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Counts the megabytes, of 1,000,000 bytes, that a benchmark has read, or has written if it writes. JMH shows both
 * counters as rates.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Volume {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Megabytes so far: those of a second on the clock on the wall. */
    public double megabytes;

    /**
     * Those of a second of processor time, the collector's included. Where other work takes the processor away half of
     * the time it shows twice {@link #megabytes}, which is about what a quiet machine would.
     */
    public double megabytesOfCpu;

    private long startNanos;
    private long startCpuNanos;

    void add(long bytes) {
        megabytes += bytes / 1e6;
    }

    /** Reads the clocks. */
    @Setup(Level.Iteration)
    public void begin() {
        startNanos = System.nanoTime();
        startCpuNanos = SYSTEM.getProcessCpuTime();
    }

    /** Reads the clocks again. JMH divides by the time on the wall, which is taken out here. */
    @TearDown(Level.Iteration)
    public void end() {
        double nanos = System.nanoTime() - startNanos;
        megabytesOfCpu = megabytes * nanos / (SYSTEM.getProcessCpuTime() - startCpuNanos);
    }
}
