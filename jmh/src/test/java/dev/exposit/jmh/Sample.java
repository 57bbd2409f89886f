package dev.exposit.jmh;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.NumberValue;
import dev.exposit.model.SummaryValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One number of a scrape with its name and labels, bounds and quantiles as numbers, whatever it was read by. */
record Sample(String name, Map<String, String> labels, double value) {
    private static final Pattern LINE = Pattern.compile("([^{ ]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    Sample {
        labels = new TreeMap<>(labels);
        labels.computeIfPresent("le", (label, number) -> number(number));
        labels.computeIfPresent("quantile", (label, number) -> number(number));
    }

    private static String number(String text) {
        return Double.toString(parse(text));
    }

    static double parse(String text) {
        return Double.parseDouble(text.endsWith("Inf") ? text + "inity" : text);
    }

    /** All samples of a text in order, read in the plainest way. */
    static List<Sample> ofText(byte[] text) {
        List<Sample> samples = new ArrayList<>();
        new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    Matcher parts = LINE.matcher(line);
                    if (!parts.matches()) {
                        throw new IllegalArgumentException(line);
                    }
                    Map<String, String> labels = new TreeMap<>();
                    Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
                    while (label.find()) {
                        labels.put(label.group(1), unescape(label.group(2)));
                    }
                    samples.add(new Sample(parts.group(1), labels, parse(parts.group(3))));
                });
        return samples;
    }

    private static String unescape(String text) {
        return text.replace("\\\\", "\0")
                .replace("\\\"", "\"")
                .replace("\\n", "\n")
                .replace("\0", "\\");
    }

    static List<Sample> ofModel(MetricSet model) {
        List<Sample> samples = new ArrayList<>();
        for (MetricFamily family : model) {
            family.metrics().forEach(metric -> add(samples, family.name(), metric));
        }
        return samples;
    }

    private static void add(List<Sample> samples, String name, Metric metric) {
        Labels labels = metric.labels();
        if (metric.value() instanceof NumberValue number) {
            samples.add(new Sample(name, labels.toMap(), number.value()));
        } else if (metric.value() instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                Map<String, String> all =
                        labels.with("le", Double.toString(bucket.upperBound())).toMap();
                samples.add(new Sample(name + "_bucket", all, bucket.cumulativeCount()));
            }
            samples.add(new Sample(name + "_sum", labels.toMap(), histogram.sum()));
            samples.add(new Sample(name + "_count", labels.toMap(), histogram.count()));
        } else if (metric.value() instanceof SummaryValue summary) {
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                Map<String, String> all =
                        labels.with("quantile", quantile.quantile().toString()).toMap();
                samples.add(new Sample(name, all, quantile.value()));
            }
            samples.add(new Sample(name + "_sum", labels.toMap(), summary.sum()));
            samples.add(new Sample(name + "_count", labels.toMap(), summary.count()));
        } else {
            throw new IllegalArgumentException(metric.toString());
        }
    }
}
