package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VolumeTest {
    @Test
    void waitingCountsOnTheClockOnTheWallOnly() throws InterruptedException {
        Volume volume = new Volume();
        volume.begin();
        volume.add(2_500_000);
        Thread.sleep(200);
        volume.end();
        assertThat(volume.megabytes).isEqualTo(2.5);
        // Of the other threads of this JVM some may have worked meanwhile, but hardly two cores for all of the time.
        assertThat(volume.megabytesOfCpu).isPositive().isNotEqualTo(volume.megabytes);
    }
}
