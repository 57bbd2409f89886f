package dev.exposit.grammar;

import dev.exposit.grammar.generated.OpenMetrics2;
import dev.exposit.grammar.generated.OpenMetrics2.ExemplarContext;
import dev.exposit.grammar.generated.OpenMetrics2.LabelContext;
import dev.exposit.grammar.generated.OpenMetrics2.Label_keyContext;
import dev.exposit.grammar.generated.OpenMetrics2.Metric_descriptorContext;
import dev.exposit.grammar.generated.OpenMetrics2.Metricname_and_labelsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Metricname_utf8Context;
import dev.exposit.grammar.generated.OpenMetrics2.SampleContext;
import dev.exposit.grammar.generated.OpenMetrics2.Start_timestampContext;
import dev.exposit.grammar.generated.OpenMetrics2.TimestampContext;
import dev.exposit.grammar.generated.OpenMetrics2.ValueContext;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Walks the parse tree of an OpenMetrics 2.0 text, line by line. */
final class OpenMetrics2Lines {
    private final SourceText text;
    private final boolean anyTime;

    private OpenMetrics2Lines(SourceText text, boolean anyTime) {
        this.text = text;
        this.anyTime = anyTime;
    }

    /**
     * The lines of a text.
     *
     * @param anyTime whether times of samples that the model cannot hold are cut to what it can; refused else
     */
    static List<Line> of(SourceText text, boolean anyTime) {
        OpenMetrics2Lines walker = new OpenMetrics2Lines(text, anyTime);
        List<Line> lines = new ArrayList<>();
        for (ParseTree line : Trees.children(
                Trees.parse(text, OpenMetrics2::new, OpenMetrics2::exposition).metricset())) {
            lines.add(
                    line instanceof SampleContext sample
                            ? walker.sample(sample)
                            : walker.metricDescriptor((Metric_descriptorContext) line));
        }
        return lines;
    }

    private Line metricDescriptor(Metric_descriptorContext line) {
        int at = Trees.at(line);
        String name = line.metricname() != null ? line.metricname().getText() : name(line.metricname_utf8());
        if (line.metric_type() != null) {
            String keyword = line.metric_type().getText();
            return new Line.Type(at, name, MetricType.byKeyword(keyword).orElseThrow());
        }
        if (line.help_string() != null) {
            return new Line.Help(at, name, Literals.unescape(line.help_string().getText()));
        }
        return new Line.Unit(at, name, line.unit_string().getText());
    }

    private static String name(Metricname_utf8Context name) {
        return Literals.unescape(name.escaped_string_non_empty().getText());
    }

    private Line.Sample sample(SampleContext line) {
        Metricname_and_labelsContext series = line.metricname_and_labels();
        String name;
        Labels labels;
        if (series.metricname() != null) {
            name = series.metricname().getText();
            labels = series.labels_in_braces() == null
                    ? Labels.of()
                    : labels(series.labels_in_braces().label());
        } else {
            name = name(series.name_and_labels_in_braces().metricname_utf8());
            labels = labels(series.name_and_labels_in_braces().label());
        }
        Start_timestampContext start = line.start_timestamp();
        return new Line.Sample(
                Trees.at(line),
                name,
                labels,
                value(line.value()),
                line.value().getText(),
                timestamp(line.timestamp(), anyTime),
                timestamp(start == null ? null : start.timestamp(), anyTime),
                exemplars(line.exemplar()));
    }

    private Labels labels(List<LabelContext> labels) {
        LabelSets set = new LabelSets(text);
        for (LabelContext label : labels) {
            String value = Literals.unescape(label.escaped_string().getText());
            set.add(Trees.at(label), name(label.label_key()), value);
        }
        return set.labels();
    }

    private static String name(Label_keyContext key) {
        return key.label_name() != null
                ? key.label_name().getText()
                : Literals.unescape(key.escaped_string_non_empty().getText());
    }

    private Value value(ValueContext value) {
        return value.number() != null
                ? new NumberValue(new CompositeValues(text).number(value.number()))
                : new CompositeValues(text).value(value.composite_value());
    }

    private @Nullable Timestamp timestamp(@Nullable TimestampContext timestamp, boolean cut) {
        if (timestamp == null) {
            return null;
        }
        Optional<Timestamp> time = Literals.seconds(timestamp.getText());
        if (time.isEmpty() && !cut) {
            throw text.error(Trees.at(timestamp), "a time that 64 bits cannot hold");
        }
        boolean early = timestamp.getText().startsWith("-");
        return time.orElse(new Timestamp(early ? Long.MIN_VALUE : Long.MAX_VALUE, 0));
    }

    private List<Exemplar> exemplars(List<ExemplarContext> exemplars) {
        List<Exemplar> valid = new ArrayList<>();
        exemplars.forEach(exemplar -> exemplar(exemplar).ifPresent(valid::add));
        return valid;
    }

    /**
     * An exemplar, or empty if it is invalid: a label twice, a number too large. "It should be dropped or ignored, allowing
     * the valid metric data to be ingested." (Failure Modes)
     */
    private Optional<Exemplar> exemplar(ExemplarContext exemplar) {
        try {
            Labels labels = labels(exemplar.labels_in_braces().label());
            double number = new CompositeValues(text).number(exemplar.number());
            return Optional.of(new Exemplar(labels, number, timestamp(exemplar.timestamp(), false)));
        } catch (InvalidExpositionException e) {
            return Optional.empty();
        }
    }
}
