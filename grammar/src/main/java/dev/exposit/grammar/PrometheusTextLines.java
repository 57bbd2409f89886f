package dev.exposit.grammar;

import dev.exposit.grammar.generated.PrometheusText;
import dev.exposit.grammar.generated.PrometheusText.HelpContext;
import dev.exposit.grammar.generated.PrometheusText.Label_pairContext;
import dev.exposit.grammar.generated.PrometheusText.LabelsContext;
import dev.exposit.grammar.generated.PrometheusText.LineContext;
import dev.exposit.grammar.generated.PrometheusText.Metadata_nameContext;
import dev.exposit.grammar.generated.PrometheusText.Quoted_metric_nameContext;
import dev.exposit.grammar.generated.PrometheusText.SampleContext;
import dev.exposit.grammar.generated.PrometheusText.TimestampContext;
import dev.exposit.grammar.generated.PrometheusText.TypeContext;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Walks the parse tree of a Prometheus text, line by line. */
final class PrometheusTextLines {
    private final SourceText text;
    private final boolean quotedNames;

    private PrometheusTextLines(SourceText text, boolean quotedNames) {
        this.text = text;
        this.quotedNames = quotedNames;
    }

    /**
     * The lines of a text that are no comments.
     *
     * @param quotedNames whether names may be quoted, as in version 1.0.0
     */
    static List<Line> of(SourceText text, boolean quotedNames) {
        PrometheusTextLines walker = new PrometheusTextLines(text, quotedNames);
        List<Line> lines = new ArrayList<>();
        for (LineContext line : Trees.parse(text, PrometheusText::new, PrometheusText::exposition)
                .line()) {
            if (line.help() != null) {
                lines.add(walker.help(line.help()));
            } else if (line.type() != null) {
                lines.add(walker.type(line.type()));
            } else if (line.sample() != null) {
                lines.add(walker.sample(line.sample()));
            }
        }
        return lines;
    }

    private Line help(HelpContext line) {
        String docstring = line.docstring() == null ? "" : line.docstring().getText();
        return new Line.Help(Trees.at(line), name(line.metadata_name()), Literals.unescapeDocstring(docstring));
    }

    private Line type(TypeContext line) {
        String keyword = line.metric_type().getText();
        MetricType type = keyword.equals("untyped")
                ? MetricType.UNKNOWN
                : MetricType.byKeyword(keyword).orElseThrow();
        return new Line.Type(Trees.at(line), name(line.metadata_name()), type);
    }

    private String name(Metadata_nameContext name) {
        return name.metric_name() != null ? name.getText() : quoted(name.quoted_metric_name());
    }

    private Line.Sample sample(SampleContext line) {
        String name;
        @Nullable LabelsContext labels;
        if (line.name_and_labels_in_braces() != null) {
            Quoted_metric_nameContext quoted = line.name_and_labels_in_braces().quoted_metric_name();
            name = quoted(quoted);
            labels = line.name_and_labels_in_braces().labels();
        } else {
            name = line.metric_name().getText();
            labels = line.labels_in_braces() == null
                    ? null
                    : line.labels_in_braces().labels();
        }
        ParserRuleContext value = line.value() != null ? line.value() : line.signed_value();
        double number = Literals.number(value.getText())
                .orElseThrow(() -> text.error(Trees.at(value), "a number too large for a double"));
        return new Line.Sample(
                Trees.at(line),
                name,
                labels(labels),
                new NumberValue(number),
                value.getText(),
                timestamp(line.timestamp()),
                null,
                List.of());
    }

    private Labels labels(@Nullable LabelsContext labels) {
        LabelSets set = new LabelSets(text);
        if (labels != null && labels.label_pairs() != null) {
            for (Label_pairContext label : labels.label_pairs().label_pair()) {
                String name = label.label_name().identifier() != null
                        ? label.label_name().getText()
                        : quoted(label.label_name().quoted_label_name());
                set.add(
                        Trees.at(label),
                        name,
                        Literals.unescape(label.escaped_string().getText()));
            }
        }
        return set.labels();
    }

    /** What stands between the quotes of a quoted name. */
    private String quoted(ParserRuleContext name) {
        if (!quotedNames) {
            throw text.error(Trees.at(name), "a quoted name, which version 0.0.4 has not");
        }
        String quoted = name.getText();
        return Literals.unescape(quoted.substring(1, quoted.length() - 1));
    }

    private @Nullable Timestamp timestamp(@Nullable TimestampContext timestamp) {
        return timestamp == null
                ? null
                : Literals.milliseconds(timestamp.getText())
                        .orElseThrow(() -> text.error(Trees.at(timestamp), "a time that 64 bits cannot hold"));
    }
}
