package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.Labels;
import dev.exposit.model.MetricSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BridgeSourceTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static BridgeSource source(MetricSource metrics) {
        return new BridgeSource("the source", metrics, Labels.of());
    }

    private MetricSet ask(BridgeSource source, long millis)
            throws ExecutionException, TimeoutException, InterruptedException {
        source.ask(threads);
        return source.answer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), Duration.ofMillis(millis));
    }

    @Test
    void answersWhatTheSourceGives() throws Exception {
        BridgeSource source = source(MetricSource.ofText("up 1"));

        assertThat(ask(source, 30_000).value("up")).hasValue(1.0);
        assertThat(ask(source, 30_000).value("up")).hasValue(1.0);
    }

    @Test
    void tellsWhatTheSourceThrew() {
        assertThatThrownBy(() -> ask(
                        source(() -> {
                            throw new IOException("no luck");
                        }),
                        30_000))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no luck");
        assertThatThrownBy(() -> ask(
                        source(() -> {
                            throw new StackOverflowError("deep");
                        }),
                        30_000))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("deep");
    }

    @Test
    void oneThatHangsIsInterruptedAndAskedAgainLater() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(1);
        BridgeSource source = source(() -> {
            if (calls.incrementAndGet() > 1) {
                return MetricSet.of();
            }
            try {
                new CountDownLatch(1).await();
                return MetricSet.of();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });

        assertThatThrownBy(() -> ask(source, 20))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no answer within 20 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        while (calls.get() < 2) {
            try {
                ask(source, 30_000);
            } catch (TimeoutException e) {
                assertThat(e).hasMessage("still busy since an earlier push");
            }
        }
    }

    @Test
    void oneThatIgnoresInterruptsIsNotAskedASecondTimeMeanwhile() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        BridgeSource source = source(() -> {
            calls.incrementAndGet();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    // ignores it, as bad sources do
                }
            }
            return MetricSet.of();
        });

        assertThatThrownBy(() -> ask(source, 20)).isInstanceOf(TimeoutException.class);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ask(source, 20))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("still busy since an earlier push");
        }
        assertThat(calls.get()).isEqualTo(1);
        release.countDown();
    }
}
