package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PushClockTest {
    private Instant now = Instant.ofEpochSecond(1_000_000, 999_000_000);

    private final PushClock clock = new PushClock(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void followsTheClockInWholeSecondsRoundedDown() {
        assertThat(clock.nextSecond()).isEqualTo(1_000_000);
        assertThat(clock.nextSecond()).isEqualTo(1_000_000);
        now = now.plusSeconds(10);
        assertThat(clock.nextSecond()).isEqualTo(1_000_010);
    }

    @Test
    void doesNotGoBackWhenTheClockIsSetBackUntilTheClockHasCaughtUp() {
        clock.nextSecond();
        now = now.minusSeconds(15);

        assertThat(clock.nextSecond()).isEqualTo(1_000_001);
        now = now.plusSeconds(10);
        assertThat(clock.nextSecond()).isEqualTo(1_000_002);
        now = now.plusSeconds(10);
        assertThat(clock.nextSecond()).isEqualTo(1_000_005);
    }

    @Test
    void followsAClockThatWasWrongByFar() {
        clock.nextSecond();
        now = now.minusSeconds(3601);

        assertThat(clock.nextSecond()).isEqualTo(1_000_000 - 3601);
    }

    @Test
    void timesBeforeTheEpochAreRoundedDownToo() {
        now = Instant.ofEpochMilli(-1);

        assertThat(clock.nextSecond()).isEqualTo(-1);
    }
}
