package dev.exposit.conformance.server;

import dev.exposit.conformance.others.Finding;
import dev.exposit.conformance.others.Finding.Right;
import java.util.List;

/** What a Prometheus server 2.42 makes of an exposition otherwise than it was sent. */
public final class PrometheusFindings {
    static final Finding NO_SUFFIXES = new Finding(
            "A gauge histogram of classic buckets has no suffixes: count and buckets are series of its name, the sum is lost.",
            Right.SPECIFICATION,
            "GaugeHistogram");
    static final Finding FRACTIONS = new Finding(
            "Classic counts that are no integers, which have fields of their own, are 0.",
            Right.SPECIFICATION,
            "metrics.proto");
    static final Finding FIRST = new Finding(
            "The first metric tells for its family whether histograms are native: others lose their native buckets, or"
                    + " their classic ones.",
            Right.SPECIFICATION,
            "Native histograms: Exposition formats");
    static final Finding FLOATS = new Finding(
            "A native histogram with float counts and no zero threshold is taken for a classic one without events.",
            Right.SPECIFICATION,
            "Native histograms: Exposition formats");
    static final Finding ONE_EXEMPLAR = new Finding(
            "Of a native histogram's exemplars that of the first classic bucket is stored.",
            Right.SPECIFICATION,
            "Native histograms: Exemplars");
    static final Finding STARTS =
            new Finding("Start timestamps in protobuf are not looked at.", Right.OPEN, "metrics.proto");
    static final Finding ESCAPES = new Finding(
            "Escapes in the labels of OpenMetrics' exemplars stay as they are written.",
            Right.SPECIFICATION,
            "Escaping");
    static final Finding RANGE = new Finding(
            "A query for a range that finds float histograms shows them in place of the integer ones behind.",
            Right.SPECIFICATION,
            "Native histograms: PromQL");
    static final Finding COVERED = new Finding(
            "A bucket that the zero bucket covers is shown with a lower bound above its upper one.",
            Right.OPEN,
            "Native histograms: Zero bucket");
    static final Finding LINEAR = new Finding(
            "`histogram_quantile` interpolates linearly within native buckets; newer versions do as we do.",
            Right.SPECIFICATION,
            "Native histograms: Interpolation within a bucket");

    public static final List<Finding> ALL =
            List.of(NO_SUFFIXES, FRACTIONS, FIRST, FLOATS, ONE_EXEMPLAR, STARTS, ESCAPES, RANGE, COVERED, LINEAR);

    private PrometheusFindings() {}
}
