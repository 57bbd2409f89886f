package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PushScheduleTest {
    private final BlockingQueue<Long> pushes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicLong skipped = new AtomicLong();

    private interface Work {
        void run() throws InterruptedException;
    }

    private PushSchedule start(Duration interval, Work work) {
        PushSchedule schedule = new PushSchedule("test-schedule", interval, new PushSchedule.Push() {
            @Override
            public void run() throws InterruptedException {
                pushes.add(System.nanoTime());
                work.run();
            }

            @Override
            public void failed(Throwable why) {
                failures.add(why);
                throw new IllegalStateException("a listener that throws");
            }

            @Override
            public void skipped(long ticks) {
                skipped.addAndGet(ticks);
                throw new IllegalStateException("a listener that throws");
            }
        });
        schedule.start();
        return schedule;
    }

    private long next() throws InterruptedException {
        Long push = pushes.poll(30, TimeUnit.SECONDS);
        assertThat(push).as("a push within 30 s").isNotNull();
        return push == null ? 0 : push;
    }

    private static boolean isAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("test-schedule"));
    }

    @Test
    void pushesAtOnceAndThenAtEachTickButNeverEarly() throws InterruptedException {
        PushSchedule schedule = start(Duration.ofMillis(20), () -> {});
        long first = next();
        for (int i = 1; i <= 5; i++) {
            // A push may come late on a busy machine, and then ticks are left out; none comes before its tick.
            assertThat(next() - first).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20L * i) - 1_000_000);
        }
        schedule.close(Duration.ofSeconds(30));

        assertThat(isAlive()).isFalse();
    }

    @Test
    void whateverIsThrownTheNextPushComes() throws InterruptedException {
        AtomicLong count = new AtomicLong();
        PushSchedule schedule = start(Duration.ofMillis(5), () -> {
            switch ((int) count.getAndIncrement()) {
                case 0 -> throw new IllegalStateException("first");
                case 1 -> throw new OutOfMemoryError("second");
                case 2 -> throw new StackOverflowError("third");
                case 3 -> throw new InterruptedException("fourth");
                default -> Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 8; i++) {
            next();
        }
        schedule.close(Duration.ofSeconds(30));

        assertThat(failures).extracting(Throwable::getMessage).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aSlowPushLeavesTicksOutAndKeepsTheGrid() throws InterruptedException {
        long interval = 200;
        AtomicBoolean slow = new AtomicBoolean(true);
        PushSchedule schedule = start(Duration.ofMillis(interval), () -> {
            if (slow.getAndSet(false)) {
                Thread.sleep(2 * interval + 50);
            }
        });
        long first = next();
        long second = next();
        schedule.close(Duration.ofSeconds(30));

        assertThat(skipped.get()).isGreaterThanOrEqualTo(2);
        assertThat(second - first).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(3 * interval) - 1_000_000);
    }

    @Test
    void closeInterruptsThePushAtHand() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        PushSchedule schedule = start(Duration.ofMillis(5), () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        next();
        schedule.close(Duration.ofSeconds(30));

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(isAlive()).isFalse();
        assertThat(failures).isEmpty();
    }

    @Test
    void closeWaitsNoLongerThanTold() throws InterruptedException {
        AtomicBoolean released = new AtomicBoolean();
        PushSchedule schedule = start(Duration.ofMillis(5), () -> {
            while (!released.get()) {
                Thread.onSpinWait();
            }
        });
        next();
        schedule.close(Duration.ofMillis(10));

        assertThat(isAlive()).isTrue();
        released.set(true);
        schedule.close(Duration.ofSeconds(30));
        assertThat(isAlive()).isFalse();
    }
}
