package dev.exposit.graphite;

import dev.exposit.model.Labels;
import dev.exposit.model.MetricSet;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One of a bridge's sources, asked in a thread that can be left behind: one that hangs takes no other with it, and is not
 * asked again before it has come back. Used by one thread at a time.
 */
final class BridgeSource {
    private final String name;
    private final MetricSource metrics;
    private final Labels labels;
    /** Stands for the thread that is in there, null if none is. */
    private final AtomicReference<@Nullable Object> inside = new AtomicReference<>();

    private @Nullable FutureTask<MetricSet> asked;

    BridgeSource(String name, MetricSource metrics, Labels labels) {
        this.name = name;
        this.metrics = metrics;
        this.labels = labels;
    }

    /** What messages call it. */
    String name() {
        return name;
    }

    /** The labels that its series have beyond their own. */
    Labels labels() {
        return labels;
    }

    /** Begins to collect, unless the time before has not ended yet. */
    void ask(Executor threads) {
        Object visit = new Object();
        if (!inside.compareAndSet(null, visit)) {
            asked = null;
            return;
        }
        // Out again before the answer is there, so that whoever has it may ask anew.
        FutureTask<MetricSet> task = new FutureTask<>(() -> {
            try {
                return metrics.collect();
            } finally {
                inside.compareAndSet(visit, null);
            }
        });
        asked = task;
        try {
            threads.execute(() -> {
                task.run();
                // A task that was given up before it began has not been inside.
                inside.compareAndSet(visit, null);
            });
        } catch (RuntimeException | Error e) {
            inside.set(null);
            throw e;
        }
    }

    /**
     * What has been asked for.
     *
     * @param until waits up to here, in {@link System#nanoTime()}
     * @param timeout how long that is, for the message
     * @throws ExecutionException with what the source threw
     * @throws TimeoutException if it has not answered by then, or still hangs from a time before
     */
    MetricSet answer(long until, Duration timeout) throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<MetricSet> task = asked;
        if (task == null) {
            throw new TimeoutException("still busy since an earlier push");
        }
        try {
            return task.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("no answer within " + timeout.toMillis() + " ms");
        } finally {
            task.cancel(true);
        }
    }
}
