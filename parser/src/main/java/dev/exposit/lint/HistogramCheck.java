package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ExpositionReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the samples of a histogram or gauge histogram agree with each other. */
final class HistogramCheck extends Check {
    private final Bound.Cache bounds = new Bound.Cache();
    private final OpenStates<Distribution> metrics;
    private LintedFamily family;
    /** The bounds of the family's first metric; null before it is over. */
    private @Nullable Bounds first;

    /** A set of bounds: how many there are, and a sum of their hashes, which their order does not change. */
    private record Bounds(int count, long hashes) {
        static final Bounds NONE = new Bounds(0, 0);

        Bounds with(double bound) {
            // Zeros of both signs are one bound.
            long hash = Double.doubleToLongBits(bound + 0.0) * 0x9E3779B97F4A7C15L;
            return new Bounds(count + 1, hashes + (hash ^ hash >>> 32));
        }
    }

    HistogramCheck(Findings findings) {
        super(findings);
        this.metrics = new OpenStates<>(Distribution::new);
        this.family = new LintedFamily("", ExpositionFormat.PROMETHEUS_TEXT, false, Spot.NOWHERE);
    }

    /** One point of one histogram. */
    private final class Distribution implements MetricState {
        private Spot spot;
        private @Nullable Timestamp timestamp;
        private double lastBound = Double.NEGATIVE_INFINITY;
        private double lastCount = Double.NEGATIVE_INFINITY;
        private Bounds itsBounds = Bounds.NONE;
        private boolean negativeBound;
        private @Nullable Double infinite;
        private @Nullable Double count;
        private @Nullable Double sum;

        Distribution(Spot spot) {
            this.spot = spot;
        }

        /** Begins the next point where the time is another one; Prometheus text knows but one. */
        void at(ExpositionReader in, boolean first) {
            Timestamp now = family.openMetrics ? in.timestamp() : null;
            if (!first && !Objects.equals(now, timestamp)) {
                finish();
                spot = Spot.of(in);
                lastBound = Double.NEGATIVE_INFINITY;
                lastCount = Double.NEGATIVE_INFINITY;
                itsBounds = Bounds.NONE;
                negativeBound = false;
                infinite = null;
                count = null;
                sum = null;
            }
            timestamp = now;
        }

        boolean isEmpty() {
            return infinite == null && count == null && sum == null && lastCount == Double.NEGATIVE_INFINITY;
        }

        void bucket(ExpositionReader in, int label) {
            String spelling = in.labelValue(label).toString();
            double bound = bounds.get(spelling).value();
            double value = in.value();
            if (Double.isNaN(bound)) {
                return; // The reader tells.
            }
            if (bound < lastBound) {
                findings.add(
                        LintRule.UNSORTED_BUCKETS,
                        in,
                        in.labelValue(label),
                        "a bound above that of the bucket before, " + Numbers.text(lastBound),
                        quote(spelling));
            } else if (value < lastCount) {
                findings.add(
                        LintRule.FALLING_BUCKET_COUNTS,
                        in,
                        in.valueText(),
                        "at least " + Numbers.text(lastCount) + ", as in the bucket before: buckets are cumulative",
                        in.valueText().toString());
            }
            lastBound = bound;
            lastCount = Double.isNaN(value) ? lastCount : value;
            itsBounds = itsBounds.with(bound);
            negativeBound |= bound < 0;
            if (bound == Double.POSITIVE_INFINITY) {
                infinite = value;
                compare(in);
            }
            if (bound < 0 && sum != null) {
                refuseSum(in);
            }
        }

        void count(ExpositionReader in) {
            count = in.value();
            compare(in);
        }

        void sum(ExpositionReader in) {
            sum = in.value();
            if (negativeBound) {
                refuseSum(in);
            }
        }

        private void refuseSum(ExpositionReader in) {
            if (family.type() == MetricType.HISTOGRAM) {
                String expected = "no sum beside negative bounds, where it could fall";
                findings.add(LintRule.SUM_WITH_NEGATIVE_BOUND, in, null, expected, "one");
            }
        }

        private void compare(ExpositionReader in) {
            Double total = infinite;
            Double counted = count;
            if (total == null || counted == null) {
                return;
            }
            // Of NaN another rule tells.
            if (total < counted || total > counted) {
                findings.add(
                        LintRule.COUNT_MISMATCH,
                        in,
                        in.valueText(),
                        "a count equal to the +Inf bucket",
                        Numbers.text(counted) + " beside " + Numbers.text(total) + " in the bucket");
            }
        }

        private void compareWithFirst() {
            if (infinite == null) {
                return; // Of missing buckets another rule tells.
            }
            if (first == null) {
                first = itsBounds;
            } else if (!itsBounds.equals(first)) {
                String expected = "the buckets of the family's first metric";
                findings.add(LintRule.MIXED_BUCKETS, spot, expected, "other bounds");
            }
        }

        @Override
        public boolean isComplete() {
            return infinite != null && count != null && sum != null;
        }

        @Override
        public void finish() {
            if (infinite == null) {
                String expected =
                        "a bucket with le=\"+Inf\" in each " + family.type().keyword();
                findings.add(LintRule.MISSING_INF_BUCKET, spot, expected, "none");
            }
            compareWithFirst();
            boolean gauge = family.type() == MetricType.GAUGE_HISTOGRAM;
            String countName = gauge ? "_gcount" : "_count";
            String sumName = gauge ? "_gsum" : "_sum";
            Double total = sum;
            if (total != null && count == null) {
                findings.add(LintRule.SUM_WITHOUT_COUNT, spot, "a " + countName + " beside the " + sumName, "none");
            } else if (total == null && count != null) {
                findings.add(LintRule.COUNT_WITHOUT_SUM, spot, "a " + sumName + " beside the " + countName, "none");
            } else if (total == null && !negativeBound) {
                findings.add(LintRule.MISSING_SUM, spot, "a " + sumName + " and a " + countName, "neither");
            }
            if (gauge && total != null && total < 0 && !negativeBound) {
                String expected = "a _gsum of at least 0, since no bound is negative";
                findings.add(LintRule.NEGATIVE_VALUE, spot, expected, Numbers.text(total));
            }
        }
    }

    @Override
    void sample(ExpositionReader in, LintedFamily of, @Nullable SampleRole role) {
        if (!of.isHistogram() || role == null) {
            return;
        }
        family = of;
        int le = role == SampleRole.BUCKET ? indexOf(in, "le") : -1;
        if (role == SampleRole.BUCKET && le < 0) {
            return; // The reader tells.
        }
        Distribution metric = metrics.of(in, of, le);
        metric.at(in, metric.isEmpty());
        switch (role) {
            case BUCKET -> metric.bucket(in, le);
            case COUNT, GCOUNT -> metric.count(in);
            case SUM, GSUM -> metric.sum(in);
            default -> {
                // A start time, which has no part in this.
            }
        }
    }

    @Override
    void leave(LintedFamily of) {
        metrics.finish();
        first = null;
    }
}
