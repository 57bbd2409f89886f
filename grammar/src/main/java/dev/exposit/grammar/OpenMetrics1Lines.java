package dev.exposit.grammar;

import dev.exposit.grammar.generated.OpenMetrics1;
import dev.exposit.grammar.generated.OpenMetrics1.ExemplarContext;
import dev.exposit.grammar.generated.OpenMetrics1.LabelContext;
import dev.exposit.grammar.generated.OpenMetrics1.LabelsContext;
import dev.exposit.grammar.generated.OpenMetrics1.Metric_descriptorContext;
import dev.exposit.grammar.generated.OpenMetrics1.NumberContext;
import dev.exposit.grammar.generated.OpenMetrics1.SampleContext;
import dev.exposit.grammar.generated.OpenMetrics1.TimestampContext;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Walks the parse tree of an OpenMetrics 1.0 text, line by line. */
final class OpenMetrics1Lines {
    /** OpenMetrics 1.0, "Exemplars": in code points, names and values together. */
    private static final int LONGEST_EXEMPLAR = 128;

    private final SourceText text;
    private final boolean anyTime;

    private OpenMetrics1Lines(SourceText text, boolean anyTime) {
        this.text = text;
        this.anyTime = anyTime;
    }

    /**
     * The lines of a text.
     *
     * @param anyTime whether times that the model cannot hold are cut to what it can; refused else
     */
    static List<Line> of(SourceText text, boolean anyTime) {
        OpenMetrics1Lines walker = new OpenMetrics1Lines(text, anyTime);
        List<Line> lines = new ArrayList<>();
        for (ParseTree line : Trees.children(
                Trees.parse(text, OpenMetrics1::new, OpenMetrics1::exposition).metricset())) {
            lines.add(
                    line instanceof SampleContext sample
                            ? walker.sample(sample)
                            : walker.metricDescriptor((Metric_descriptorContext) line));
        }
        return lines;
    }

    private Line metricDescriptor(Metric_descriptorContext line) {
        int at = Trees.at(line);
        String name = line.metricname().getText();
        if (line.metric_type() != null) {
            String keyword = line.metric_type().getText();
            return new Line.Type(at, name, MetricType.byKeyword(keyword).orElseThrow());
        }
        if (line.help_string() != null) {
            return new Line.Help(at, name, Literals.unescape(line.help_string().getText()));
        }
        String unit = line.unit_string().getText();
        // "An underscore and the unit MUST be the suffix of the MetricFamily name." (MetricFamily metadata)
        if (!unit.isEmpty() && !name.endsWith('_' + unit)) {
            throw text.error(Trees.at(line.unit_string()), "'" + name + "' does not end in its unit");
        }
        return new Line.Unit(at, name, unit);
    }

    private Line.Sample sample(SampleContext line) {
        ExemplarContext exemplar = line.exemplar();
        return new Line.Sample(
                Trees.at(line),
                line.metricname().getText(),
                labels(line.labels()),
                new NumberValue(number(line.number())),
                line.number().getText(),
                timestamp(line.timestamp()),
                null,
                exemplar == null ? List.of() : List.of(exemplar(exemplar)));
    }

    private Labels labels(@Nullable LabelsContext labels) {
        LabelSets set = new LabelSets(text);
        if (labels != null) {
            for (LabelContext label : labels.label()) {
                String value = Literals.unescape(label.escaped_string().getText());
                set.add(Trees.at(label), label.label_name().getText(), value);
            }
        }
        return set.labels();
    }

    private double number(NumberContext number) {
        return Literals.number(number.getText())
                .orElseThrow(() -> text.error(Trees.at(number), "a number too large for a double"));
    }

    private @Nullable Timestamp timestamp(@Nullable TimestampContext timestamp) {
        if (timestamp == null) {
            return null;
        }
        Optional<Timestamp> time = Literals.seconds(timestamp.getText());
        if (time.isEmpty() && !anyTime) {
            throw text.error(Trees.at(timestamp), "a time that 64 bits cannot hold");
        }
        boolean early = timestamp.getText().startsWith("-");
        return time.orElse(new Timestamp(early ? Long.MIN_VALUE : Long.MAX_VALUE, 0));
    }

    private Exemplar exemplar(ExemplarContext exemplar) {
        Labels labels = labels(exemplar.labels());
        long length = 0;
        for (Label label : labels) {
            length += label.name().codePoints().count()
                    + label.value().codePoints().count();
        }
        if (length > LONGEST_EXEMPLAR) {
            throw text.error(Trees.at(exemplar), "an exemplar of " + length + " characters");
        }
        return new Exemplar(labels, number(exemplar.number()), timestamp(exemplar.timestamp()));
    }
}
