package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes sample lines. The labels of a metric of several lines are encoded once, and copied into each of them: a histogram has a
 * dozen. Those of a metric of one line are encoded where they are to stand.
 */
final class SampleLines {
    private static final String CLOSE_VALUE = "\",";
    private static final byte[] OPEN_VALUE = "=\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPEN_EXEMPLAR = " # {".getBytes(StandardCharsets.US_ASCII);

    private final boolean floatStyle;
    private final @Nullable BlockTable known;
    private final TextOutput block = TextOutput.inMemory();
    private final LabelHeads heads = new LabelHeads(SampleLines::head);
    private Labels labels = Labels.of();
    /** Whether the labels stand in the block. */
    private boolean inBlock;

    /** Lines whose integral numbers have {@code .0}, as OpenMetrics 1.0 wants them, or have not. */
    SampleLines(boolean floatStyle) {
        this(floatStyle, null);
    }

    /** Such lines whose labels may be known from expositions before. */
    SampleLines(boolean floatStyle, @Nullable BlockTable known) {
        this.floatStyle = floatStyle;
        this.known = known;
    }

    /** Sets the labels of the lines to come; their names are written as they are, in quotes where they need them. */
    void labels(Labels labels) throws IOException {
        labels(labels, false);
    }

    /** Likewise, where it is known whether one line will come or several; else the lines are the same, but written slower. */
    void labels(Labels labels, boolean oneLine) throws IOException {
        this.labels = labels;
        inBlock = !oneLine || known != null;
        if (inBlock) {
            fillBlock();
        }
    }

    private void fillBlock() throws IOException {
        block.truncate(0);
        if (known == null) {
            write(labels, block);
            return;
        }
        byte[] before = known.find(labels);
        if (before == null) {
            write(labels, block);
            known.add(labels, block, 0);
        } else {
            block.bytes(before);
        }
    }

    private void write(Labels labels, TextOutput to) throws IOException {
        boolean plain = labels.isPlainText();
        for (int i = 0; i < labels.size(); i++) {
            byte[] head = heads.head(i, labels.name(i));
            int from = i == 0 ? CLOSE_VALUE.length() : 0;
            if (plain) {
                to.plain(head, from, labels.value(i));
            } else {
                to.bytes(head, from, head.length - from);
                to.escaped(labels.value(i));
            }
        }
        if (!labels.isEmpty()) {
            to.ascii('"');
        }
    }

    /** The end of the label before, the name, and the beginning of its value. */
    private static byte[] head(String name) {
        String text = CLOSE_VALUE + SampleName.textOfLabel(name) + "=\"";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a whole line: name, labels that are spelled already, and a number. */
    void line(TextOutput to, SampleName name, PlainMetrics metrics, int metric) throws IOException {
        int from = metrics.begin(metric);
        int length = metrics.end(metric) - from;
        openName(to, name, length > 0);
        to.bytes(metrics.bytes(), from, length);
        if (length > 0 || name.quoted()) {
            to.ascii('}');
        }
        value(to, metrics.value(metric));
        Timestamp time = metrics.timestamp(metric);
        if (time != null) {
            seconds(to, time);
        }
        end(to);
    }

    /** Begins a line: name and labels. */
    void begin(TextOutput to, SampleName name) throws IOException {
        if (open(to, name)) {
            to.ascii('}');
        }
    }

    /** Begins a line whose last label has a number for its value. */
    void begin(TextOutput to, SampleName name, SampleName label, LabelNumber number) throws IOException {
        openLast(to, name, label);
        String spelling = number.spelling();
        if (spelling != null) {
            to.escaped(spelling);
        } else {
            number(to, number.value());
        }
        to.ascii('"');
        to.ascii('}');
    }

    /** Begins a line whose last label has this value. */
    void begin(TextOutput to, SampleName name, SampleName label, String value) throws IOException {
        openLast(to, name, label);
        to.escaped(value);
        to.ascii('"');
        to.ascii('}');
    }

    private void openLast(TextOutput to, SampleName name, SampleName label) throws IOException {
        to.ascii(open(to, name) ? ',' : '{');
        to.bytes(label.bytes());
        to.bytes(OPEN_VALUE);
    }

    /** Writes name and labels; answers whether that opened a brace. */
    private boolean open(TextOutput to, SampleName name) throws IOException {
        boolean labelled = !labels.isEmpty();
        openName(to, name, labelled);
        if (inBlock) {
            to.append(block);
        } else {
            write(labels, to);
        }
        return labelled || name.quoted();
    }

    private static void openName(TextOutput to, SampleName name, boolean labelled) throws IOException {
        if (name.quoted()) {
            to.ascii('{');
            to.bytes(name.bytes());
            if (labelled) {
                to.ascii(',');
            }
        } else {
            to.bytes(name.bytes());
            if (labelled) {
                to.ascii('{');
            }
        }
    }

    /** Writes a blank and a number. */
    void value(TextOutput to, double value) throws IOException {
        to.ascii(' ');
        number(to, value);
    }

    private void number(TextOutput to, double value) throws IOException {
        if (floatStyle) {
            to.floatNumber(value);
        } else {
            to.number(value);
        }
    }

    /** Writes a blank and a time in decimal seconds. */
    static void seconds(TextOutput to, Timestamp time) throws IOException {
        to.ascii(' ');
        to.seconds(time);
    }

    /**
     * Writes an exemplar as OpenMetrics 1.0, "Exemplars", has it.
     *
     * @param labels the exemplar's labels, their names escaped
     */
    void exemplar(TextOutput to, Labels labels, Exemplar exemplar) throws IOException {
        to.bytes(OPEN_EXEMPLAR);
        write(labels, to);
        to.ascii('}');
        value(to, exemplar.value());
        Timestamp time = exemplar.timestamp();
        if (time != null) {
            seconds(to, time);
        }
    }

    /** Ends a line. */
    static void end(TextOutput to) throws IOException {
        to.ascii('\n');
    }
}
