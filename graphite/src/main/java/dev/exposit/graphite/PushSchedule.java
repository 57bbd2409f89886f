package dev.exposit.graphite;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that pushes at once and then at each tick of a fixed grid, counted from the first push by a clock that nobody can
 * set. A push that takes longer than to the next tick makes that tick be left out; it does not move the grid. Whatever a push
 * throws, the next one comes.
 */
final class PushSchedule {
    /** What is done at a tick. */
    interface Push {
        /** Pushes once. */
        void run() throws InterruptedException;

        /** Hears of what {@link #run} threw. */
        void failed(Throwable why);

        /** Hears that so many ticks were left out. */
        void skipped(long ticks);
    }

    private final Push push;
    private final long interval;
    private final Thread thread;
    private volatile boolean closed;

    PushSchedule(String name, Duration interval, Push push) {
        this.push = push;
        this.interval = interval.toNanos();
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long tick = System.nanoTime();
        while (!closed) {
            long wait = tick - System.nanoTime();
            if (wait > 0) {
                // May come back early; an interrupt means nothing unless the schedule is closed.
                LockSupport.parkNanos(this, wait);
                Thread.interrupted();
                continue;
            }
            runOnce();
            tick += interval;
            long late = System.nanoTime() - tick;
            if (late >= 0 && !closed) {
                long skipped = late / interval + 1;
                tick += skipped * interval;
                report(() -> push.skipped(skipped));
            }
        }
    }

    private void runOnce() {
        Throwable failure = attempt();
        if (failure != null && !closed) {
            report(() -> push.failed(failure));
        }
    }

    /** Even an Error ends only this push: memory may be there again at the next tick. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private @Nullable Throwable attempt() {
        try {
            push.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static void report(Runnable report) {
        try {
            report.run();
        } catch (Throwable e) {
            // Whoever is told of a failure must not end the schedule with another.
        }
    }

    /** Begins no further push and interrupts the one at hand; waits until the thread is gone, but not longer than told. */
    void close(Duration deadline) {
        closed = true;
        LockSupport.unpark(thread);
        thread.interrupt();
        boolean interrupted = false;
        long until = System.nanoTime() + deadline.toNanos();
        while (thread.isAlive() && thread != Thread.currentThread()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
