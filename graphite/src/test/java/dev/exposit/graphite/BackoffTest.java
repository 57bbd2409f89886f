package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static Backoff backoff(Duration first, Duration max) {
        return new Backoff(DeliveryOptions.defaults().withBackoff(first, max), new SplittableRandom(1));
    }

    @Test
    void theBoundDoublesUpToTheMost() {
        Backoff backoff = backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        long[] millis = {100, 200, 400, 800, 1_000, 1_000};
        for (int i = 0; i < millis.length; i++) {
            assertThat(backoff.bound(i + 1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis[i]));
        }
        assertThat(backoff.bound(Integer.MAX_VALUE)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(backoff(Duration.ofNanos(1), Duration.ofDays(300)).bound(Integer.MAX_VALUE))
                .isEqualTo(TimeUnit.DAYS.toNanos(300));
    }

    @Test
    void theDelayIsAnyPartOfTheBound() {
        Backoff backoff = backoff(Duration.ofNanos(10), Duration.ofNanos(20));
        boolean[] seen = new boolean[22];
        for (int i = 0; i < 2_000; i++) {
            seen[(int) backoff.delay(2)] = true;
        }
        for (int i = 0; i <= 20; i++) {
            assertThat(seen[i]).isTrue();
        }
        assertThat(seen[21]).isFalse();
    }
}
