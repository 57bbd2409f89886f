package dev.exposit.graphite;

import java.time.Duration;
import java.time.Instant;

/**
 * What one push came to. A scheduled push has done its part when its samples stand in the queue.
 *
 * @param at the time of the push, which samples without a timestamp have
 * @param took how long it took to collect the metrics and to hand them over
 * @param sources how many sources gave their metrics
 * @param failedSources how many did not
 * @param samples how many samples the sources gave
 * @param dropped how many of them were left out, for all reasons but a full queue
 * @param collisions how many series had the path of another one
 * @param sanitised how many samples have a name or a value that had to be changed
 */
public record PushReport(
        Instant at,
        Duration took,
        int sources,
        int failedSources,
        long samples,
        long dropped,
        long collisions,
        long sanitised) {}
