package dev.exposit.conformance.server;

import dev.exposit.model.Labels;
import dev.exposit.model.NativeBucket;
import dev.exposit.model.NativeBuckets;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Prometheus server stores of an exposition. */
final class Stored {
    private Stored() {}

    /**
     * A series, by its name and labels.
     *
     * @param labels all but those that the server adds, sorted, none of them empty
     */
    record Series(String name, Labels labels) {
        Series {
            labels = Labels.of(new TreeMap<>(labels.withoutEmpty().toMap()));
        }

        @Override
        public String toString() {
            return name + labels;
        }
    }

    /**
     * What was measured.
     *
     * @param value a {@link Double} or a {@link Histogram}
     * @param millis when, or null if it is the time of the scrape
     */
    record Sample(Object value, @Nullable Long millis) {}

    /** A native histogram. */
    record Histogram(double count, double sum, List<Bucket> buckets) {
        static Histogram of(double count, double sum, NativeBuckets buckets) {
            return new Histogram(
                    count, sum, buckets.buckets().stream().map(Bucket::of).toList());
        }
    }

    /** A native bucket that holds events. */
    record Bucket(boolean lowerInclusive, double lower, double upper, boolean upperInclusive, double count) {
        Bucket {
            lower += 0.0; // The server has -0 for the lower end of a zero bucket without width.
        }

        static Bucket of(NativeBucket bucket) {
            return new Bucket(
                    bucket.lowerInclusive(), bucket.lower(), bucket.upper(), bucket.upperInclusive(), bucket.count());
        }
    }

    /**
     * An exemplar of a series.
     *
     * @param millis when, or null if it is the time of the scrape
     */
    record Exemplar(
            Series series,
            Labels labels,
            double value,
            @Nullable Long millis) {}

    /** What is said of a family. */
    record Metadata(String name, String type, String help, String unit) {}
}
