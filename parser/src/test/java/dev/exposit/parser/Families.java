package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What assembling a text came to, for tests. */
record Families(List<FamilyPart> parts, List<Problem> problems, FamilyReader reader) {
    static final ReadOptions PROMETHEUS_TEXT = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
    static final ReadOptions OPENMETRICS = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);

    /** Family by family as they come. */
    static Families read(String text, ReadOptions options) {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    static Families read(byte[] text, ReadOptions options) {
        return drain(ExpositionReader.open(text, options).assembled());
    }

    /** With what stands apart brought together. */
    static Families merge(String text, ReadOptions options) {
        return merge(text.getBytes(StandardCharsets.UTF_8), options);
    }

    static Families merge(byte[] text, ReadOptions options) {
        return drain(FamilyReader.merging(ExpositionReader.open(text, options)));
    }

    private static Families drain(FamilyReader reader) {
        List<FamilyPart> parts = new ArrayList<>();
        for (FamilyPart part = reader.next(); part != null; part = reader.next()) {
            parts.add(part);
        }
        return new Families(parts, reader.problems(), reader);
    }

    List<MetricFamily> families() {
        return parts.stream().map(FamilyPart::family).toList();
    }

    List<String> names() {
        return families().stream().map(MetricFamily::name).toList();
    }

    /** The only family. */
    MetricFamily only() {
        if (parts.size() != 1) {
            throw new AssertionError(parts.size() + " parts:\n" + this);
        }
        return parts.get(0).family();
    }

    /** The first family of that exposed name. */
    MetricFamily family(String name) {
        return families().stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no family " + name + " in\n" + this));
    }

    List<String> problemCodes() {
        return problems.stream().map(Problem::code).toList();
    }

    /** The samples that belong to no metric of their family's type, in order. */
    static List<String> raw(MetricFamily family) {
        return family.metrics().stream()
                .filter(metric -> metric.value() instanceof RawValue)
                .map(metric -> {
                    RawValue raw = (RawValue) metric.value();
                    Object time = metric.point().timestamp();
                    return raw.sampleName() + metric.labels() + " " + raw.value() + (time == null ? "" : " @" + time);
                })
                .toList();
    }

    static HistogramValue.Builder histogram() {
        return HistogramValue.builder();
    }

    static Metric metric(Point point, String... labels) {
        return new Metric(Labels.of(labels), point);
    }

    @Override
    public String toString() {
        return families().stream().map(Object::toString).collect(Collectors.joining("\n")) + "\n" + problems;
    }
}
