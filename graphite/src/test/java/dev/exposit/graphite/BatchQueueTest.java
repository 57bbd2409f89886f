package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchQueueTest {
    private static final DeliveryOptions SMALL =
            DeliveryOptions.defaults().withBatch(10, 32 << 10).withQueue(10, 64 << 10);

    private final BridgeStatistics statistics = new BridgeStatistics();

    private static Batch batch(int samples) {
        return new Batch(new byte[100], samples);
    }

    private long dropped() {
        return statistics.dropped(DropReason.QUEUE_FULL);
    }

    @Test
    void aBrokenConnectionStartsAgainAtTheOldest() {
        BatchQueue queue = new BatchQueue(SMALL, statistics);
        Batch[] batches = {batch(1), batch(2), batch(3)};
        for (Batch batch : batches) {
            queue.offer(batch);
        }
        assertThat(queue.confirm()).isFalse();
        assertThat(queue.begin()).isSameAs(batches[0]);
        assertThat(queue.confirm()).isFalse();
        queue.written();
        assertThat(queue.confirm()).isTrue();
        assertThat(statistics.sent.sum()).isEqualTo(1);
        assertThat(queue.begin()).isSameAs(batches[1]);
        queue.written();
        assertThat(queue.begin()).isSameAs(batches[2]);
        assertThat(queue.unconfirmed()).isEqualTo(2);
        queue.rewind();
        assertThat(queue.unconfirmed()).isZero();
        assertThat(queue.begin()).isSameAs(batches[1]);
        queue.written();
        assertThat(queue.begin()).isSameAs(batches[2]);
        queue.written();
        assertThat(queue.begin()).isNull();
        assertThat(statistics.resent.sum()).isEqualTo(5);
        assertThat(queue.confirm()).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(statistics.sent.sum()).isEqualTo(6);
        assertThat(statistics.queued).isZero();
    }

    @Test
    void theOldestGoFirstButNeverWhatIsBeingWritten() {
        BatchQueue queue = new BatchQueue(SMALL, statistics);
        Batch written = batch(4);
        Batch writing = batch(4);
        Batch waiting = batch(2);
        queue.offer(written);
        queue.offer(writing);
        queue.offer(waiting);
        queue.begin();
        queue.written();
        queue.begin();
        queue.offer(batch(4));
        assertThat(dropped()).isEqualTo(4); // written
        assertThat(queue.unconfirmed()).isZero();
        Batch last = batch(6);
        queue.offer(last);
        assertThat(dropped()).isEqualTo(4 + 2 + 4); // waiting, and the one after it
        queue.offer(batch(7));
        assertThat(dropped())
                .isEqualTo(4 + 2 + 4 + 6 + 7); // last, in vain: it does not fit beside what is being written
        queue.offer(batch(6));
        queue.written();
        assertThat(queue.confirm()).isTrue();
        assertThat(statistics.sent.sum()).isEqualTo(4);
        assertThat(statistics.queued).isEqualTo(6);
        assertThat(queue.begin().samples()).isEqualTo(6);
    }

    @Test
    void theNewestGo() {
        BatchQueue queue = new BatchQueue(SMALL.withQueueFull(QueueFull.DROP_NEWEST), statistics);
        Batch first = batch(8);
        queue.offer(first);
        queue.offer(batch(3));
        queue.offer(batch(2));
        assertThat(dropped()).isEqualTo(3);
        assertThat(statistics.queued).isEqualTo(10);
        assertThat(queue.begin()).isSameAs(first);
    }

    @ParameterizedTest
    @EnumSource(QueueFull.class)
    void bytesAreBoundedToo(QueueFull policy) {
        BatchQueue queue =
                new BatchQueue(SMALL.withQueueFull(policy).withBlockTimeout(Duration.ofMillis(1)), statistics);
        for (int i = 0; i < 5; i++) {
            queue.offer(new Batch(new byte[30 << 10], 1));
        }
        assertThat(dropped()).isEqualTo(3);
        assertThat(statistics.queued).isEqualTo(2);
        queue.offer(new Batch(new byte[65 << 10], 1)); // larger than the queue: nothing makes room for it
        assertThat(dropped()).isEqualTo(4);
        assertThat(statistics.queued).isEqualTo(2);
    }

    @Test
    void whoeverOffersWaitsForRoom() throws InterruptedException {
        BatchQueue queue = new BatchQueue(
                SMALL.withQueueFull(QueueFull.BLOCK).withBlockTimeout(Duration.ofMinutes(5)), statistics);
        queue.offer(batch(10));
        CountDownLatch offered = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            queue.offer(batch(5));
            offered.countDown();
        });
        thread.start();
        assertThat(offered.await(50, TimeUnit.MILLISECONDS)).isFalse();
        queue.begin();
        queue.written();
        queue.confirm();
        assertThat(offered.await(30, TimeUnit.SECONDS)).isTrue();
        thread.join();
        assertThat(dropped()).isZero();
        assertThat(statistics.queued).isEqualTo(5);
    }

    @Test
    void aWaitInVainIsNotRepeated() {
        BatchQueue queue = new BatchQueue(
                SMALL.withQueueFull(QueueFull.BLOCK).withBlockTimeout(Duration.ofMillis(20)), statistics);
        queue.offer(batch(10));
        queue.offer(batch(1));
        long begun = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            queue.offer(batch(1));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofSeconds(100)); // 200 s if each waited
        assertThat(dropped()).isEqualTo(10_001);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWaitForRoomEndsWithTheQueueOrTheThread(boolean closing) throws InterruptedException {
        BatchQueue queue = new BatchQueue(
                SMALL.withQueueFull(QueueFull.BLOCK).withBlockTimeout(Duration.ofMinutes(5)), statistics);
        queue.offer(batch(10));
        boolean[] interrupted = new boolean[1];
        Thread thread = new Thread(() -> {
            queue.offer(batch(3));
            interrupted[0] = Thread.interrupted();
        });
        thread.start();
        if (closing) {
            queue.close();
        } else {
            thread.interrupt();
        }
        thread.join();
        assertThat(interrupted[0]).isEqualTo(!closing);
        assertThat(statistics.dropped(closing ? DropReason.CLOSED : DropReason.QUEUE_FULL))
                .isEqualTo(3);
    }

    @Test
    void whatIsLeftWhenClosedIsDroppedOnce() throws InterruptedException {
        BatchQueue queue = new BatchQueue(SMALL, statistics);
        queue.offer(batch(2));
        queue.offer(batch(3));
        queue.begin();
        queue.written();
        queue.begin();
        assertThat(queue.awaitEmpty(1)).isFalse();
        queue.drain();
        queue.written();
        queue.confirm();
        queue.rewind();
        queue.drain();
        queue.offer(batch(1));
        assertThat(statistics.dropped(DropReason.CLOSED)).isEqualTo(6);
        assertThat(statistics.sent.sum()).isZero();
        assertThat(statistics.queued).isZero();
        assertThat(queue.awaitEmpty(0)).isTrue();
    }

    /** Against lists that do the same in the plainest way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anySequenceKeepsTheCount(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BatchQueue queue = new BatchQueue(SMALL.withQueue(40, 64 << 10), statistics);
        Deque<Batch> unconfirmed = new ArrayDeque<>();
        List<Batch> waiting = new ArrayList<>();
        boolean writing = false;
        long offered = 0;
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    Batch batch = batch(1 + random.nextInt(9));
                    offered += batch.samples();
                    queue.offer(batch);
                    waiting.add(batch);
                    while (samples(unconfirmed) + samples(waiting) > 40) {
                        if (unconfirmed.poll() == null) {
                            waiting.remove(writing ? 1 : 0);
                        }
                    }
                }
                case 2, 3 -> {
                    assertThat(queue.begin()).isSameAs(waiting.isEmpty() ? null : waiting.get(0));
                    writing = !waiting.isEmpty();
                    if (writing && random.nextInt(4) > 0) {
                        queue.written();
                        unconfirmed.add(waiting.remove(0));
                        writing = false;
                    }
                }
                case 4 -> {
                    if (random.nextInt(4) == 0) {
                        queue.confirm();
                        unconfirmed.clear();
                    }
                }
                default -> {
                    queue.rewind();
                    writing = false;
                    waiting.addAll(0, unconfirmed);
                    unconfirmed.clear();
                }
            }
            assertThat(statistics.queued).isEqualTo(samples(unconfirmed) + samples(waiting));
            assertThat(queue.unconfirmed()).isEqualTo(samples(unconfirmed));
            assertThat(offered).isEqualTo(statistics.sent.sum() + dropped() + statistics.queued);
        }
        assertThat(statistics.sent.sum()).isPositive();
        assertThat(dropped()).isPositive();
    }

    private static long samples(Iterable<Batch> batches) {
        long samples = 0;
        for (Batch batch : batches) {
            samples += batch.samples();
        }
        return samples;
    }
}
