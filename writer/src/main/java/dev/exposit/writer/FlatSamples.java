package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a metric apart into its series, with all labels and all points of each together. Makes objects, and so is for
 * families that are taken apart, not for the common case.
 */
final class FlatSamples implements SampleVisitor {
    /**
     * A sample of a series.
     *
     * @param value the number
     * @param timestamp when it was measured, or null
     */
    record Sample(double value, @Nullable Timestamp timestamp) {}

    /**
     * The series of a metric.
     *
     * @param samples the samples of each series, oldest first
     * @param exemplars how many exemplars buckets had
     * @param unwritable how many samples need a label of a name that their metric has already
     */
    record Result(Map<Series, List<Sample>> samples, int exemplars, int unwritable) {}

    private final NameEscaping escaping;
    private final String family;
    private final MetricType type;
    private final boolean reporting;
    private final boolean floatStyle;
    private final FamilyNames names;

    private Map<Series, List<Sample>> samples = new LinkedHashMap<>();
    private int exemplars;
    private int unwritable;
    private Labels labels = Labels.of();
    private @Nullable Timestamp timestamp;

    /**
     * For metrics of a family of that exposed name and type.
     *
     * @param reporting whether escaped names of samples are reported
     * @param floatStyle whether bounds that have no spelling of their own have {@code .0}
     */
    FlatSamples(NameEscaping escaping, String family, MetricType type, boolean reporting, boolean floatStyle) {
        this.escaping = escaping;
        this.family = family;
        this.type = type;
        this.reporting = reporting;
        this.floatStyle = floatStyle;
        this.names = new FamilyNames(escaping.metricName(family), type);
    }

    /** Takes a metric apart; the names of its labels have been escaped. Start timestamps are not looked at. */
    Result of(Metric metric) throws IOException {
        samples = new LinkedHashMap<>();
        exemplars = 0;
        unwritable = 0;
        labels = metric.labels();
        for (Point point : metric.points()) {
            timestamp = point.timestamp();
            PointSamples.visit(point.value(), type, false, this);
        }
        return new Result(samples, exemplars, unwritable);
    }

    @Override
    public void sample(
            SampleRole role,
            @Nullable LabelNumber number,
            @Nullable String state,
            double value,
            @Nullable Exemplar exemplar) {
        if (exemplar != null) {
            exemplars++;
        }
        if (number != null) {
            add(names.text(role), PointSamples.numberLabel(role), text(number), value);
        } else if (state != null) {
            String label = escaping.labelName(family);
            report(family, label);
            add(names.text(role), label, state, value);
        } else {
            add(names.text(role), labels, value);
        }
    }

    @Override
    public void raw(String sampleName, double value) {
        String text = escaping.rawName(sampleName, family);
        report(sampleName, text);
        add(text, labels, value);
    }

    private void report(String name, String written) {
        if (reporting) {
            escaping.report(name, written, family);
        }
    }

    private void add(String name, String label, String labelValue, double value) {
        if (labels.contains(label)) {
            unwritable++;
        } else {
            add(name, labels.with(label, labelValue), value);
        }
    }

    private void add(String name, Labels all, double value) {
        samples.computeIfAbsent(new Series(name, all), series -> new ArrayList<>(1))
                .add(new Sample(value, timestamp));
    }

    private String text(LabelNumber number) {
        String spelling = number.spelling();
        if (spelling != null) {
            return spelling;
        }
        byte[] digits = new byte[NumberWriter.MAX_BYTES];
        int end = floatStyle
                ? NumberWriter.writeFloatStyle(number.value(), digits, 0)
                : NumberWriter.writeDouble(number.value(), digits, 0);
        return new String(digits, 0, end, StandardCharsets.US_ASCII);
    }
}
