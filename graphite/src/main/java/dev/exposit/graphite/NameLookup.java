package dev.exposit.graphite;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the target's addresses within a time. The system's look-up can neither be bounded nor be interrupted, so that it
 * runs in a thread of its own; one that does not answer in time is left alone and is what the next attempt waits for, so that
 * there is never more than one such thread. Not safe for use by several threads.
 */
final class NameLookup {
    private final GraphiteTarget target;
    private final Resolver resolver;
    private @Nullable FutureTask<InetAddress[]> pending;

    NameLookup(GraphiteTarget target, Resolver resolver) {
        this.target = target;
        this.resolver = resolver;
    }

    /**
     * The target's addresses, looked up now.
     *
     * @param deadline as {@link System#nanoTime} has it
     * @throws IOException if there is none, or not in time
     */
    InetAddress[] addresses(Waiter waiter, long deadline) throws IOException {
        FutureTask<InetAddress[]> task = pending;
        if (task == null) {
            task = start(waiter);
            pending = task;
        }
        while (!task.isDone()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IOException(target.address() + ": the name was not looked up within "
                        + Waiter.text(target.connectTimeout()) + " (connectTimeout)");
            }
            waiter.await(left);
        }
        pending = null;
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(target.address() + ": looking up the name failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | CancellationException e) {
            throw new AssertionError("the task is done, and nobody cancels it", e);
        }
    }

    private FutureTask<InetAddress[]> start(Waiter waiter) {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> resolver.addresses(target.host())) {
            @Override
            protected void done() {
                waiter.wake();
            }
        };
        Thread thread = new Thread(task, Delivery.THREAD_PREFIX + "lookup " + target.host());
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
