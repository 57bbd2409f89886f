package dev.exposit.lint;

import dev.exposit.model.Exemplar;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.ExpositionReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times by their size: a number that is a time between the years 2001 and 2100 in another unit than the format's can
 * hardly be meant otherwise.
 */
final class TimeCheck extends Check {
    /** 2001-01-01 and 2100-01-01, in seconds since the epoch. */
    private static final long FIRST = 978_307_200;

    private static final long LAST = 4_102_444_800L;

    TimeCheck(Findings findings) {
        super(findings);
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (in.hasTimestamp()) {
            findings.add(
                    LintRule.EXPLICIT_TIMESTAMP,
                    in,
                    in.timestampText(),
                    "no timestamp, so that the time of the scrape holds",
                    "an explicit one");
            check(in, family, Objects.requireNonNull(in.timestamp()), in.timestampText(), "a timestamp");
            checkSpelling(in, in.timestampText());
        }
        if (in.hasStartTimestamp()) {
            checkSpelling(in, in.startTimestampText());
            if (Objects.requireNonNull(in.startTimestamp()).seconds() >= FIRST * 1000) {
                implausibleStart(in, in.startTimestampText());
            }
        }
        for (Exemplar exemplar : in.hasExemplar() ? in.exemplars() : List.<Exemplar>of()) {
            Timestamp timestamp = exemplar.timestamp();
            if (timestamp != null) {
                check(in, family, timestamp, null, "an exemplar's timestamp");
            }
        }
        if (role == SampleRole.CREATED) {
            checkSpelling(in, in.valueText());
        }
        // Prometheus text has start times as gauges of their own.
        boolean created = role == SampleRole.CREATED || (!family.openMetrics && family.wireName.endsWith("_created"));
        if (created && in.value() >= FIRST * 1e3) {
            implausibleStart(in, in.valueText());
        }
    }

    private void implausibleStart(ExpositionReader in, ByteView at) {
        String got = quote(at.toString()) + ", which looks like milliseconds or finer";
        findings.add(LintRule.IMPLAUSIBLE_CREATED, in, at, "seconds since 1970", got);
    }

    private void checkSpelling(ExpositionReader in, ByteView time) {
        if (findings.wants(LintRule.EXPONENTIAL_TIMESTAMP) && hasExponent(time)) {
            String expected = "a time without exponent, which can hold nanoseconds";
            findings.add(LintRule.EXPONENTIAL_TIMESTAMP, in, time, expected, quote(time.toString()));
        }
    }

    private static boolean hasExponent(ByteView number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.byteAt(i) == 'e' || number.byteAt(i) == 'E') {
                return true;
            }
        }
        return false;
    }

    private void check(
            ExpositionReader in, LintedFamily family, Timestamp timestamp, @Nullable ByteView at, String what) {
        String looksLike = null;
        if (family.openMetrics) {
            looksLike = timestamp.seconds() >= FIRST * 1000 ? "milliseconds or finer" : null;
        } else {
            long millis = timestamp.toMillis();
            if (millis >= FIRST && millis < LAST) {
                looksLike = "seconds";
            } else if (millis >= FIRST * 1_000_000) {
                looksLike = "microseconds or finer";
            }
        }
        if (looksLike != null) {
            findings.add(
                    LintRule.IMPLAUSIBLE_TIMESTAMP,
                    in,
                    at,
                    what + " in " + (family.openMetrics ? "seconds" : "milliseconds") + " since 1970",
                    "one that looks like " + looksLike);
        }
    }
}
