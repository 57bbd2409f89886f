package dev.exposit.writer;

import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of families of unknown type. Those of the first name are written as they come. */
final class UnknownLines implements UnknownFamilies {
    private final TextOutput out;
    private final SampleLines lines;
    private final HeldFamilies behind = new HeldFamilies();
    private final Map<String, SampleName> names = new HashMap<>();

    private String help = "";
    private long limit;
    /** The name whose samples are written as they come, or null before the first. */
    private @Nullable String current;

    /** Lines whose integral numbers have {@code .0}, or have not. */
    UnknownLines(TextOutput out, boolean floatStyle) {
        this.out = out;
        this.lines = new SampleLines(floatStyle);
    }

    @Override
    public void begin(String help, long limit) {
        this.help = help;
        this.limit = limit;
        current = null;
        names.clear();
        behind.reset(limit);
    }

    @Override
    public int write(Series series, List<FlatSamples.Sample> samples) throws IOException {
        lines.labels(series.labels());
        int lost = 0;
        for (FlatSamples.Sample sample : samples) {
            lost += write(series.name(), sample) ? 0 : 1;
        }
        return lost;
    }

    private boolean write(String name, FlatSamples.Sample sample) throws IOException {
        boolean streamed = current == null || current.equals(name);
        TextOutput held = streamed ? null : behind.find(name);
        TextOutput to = streamed ? out : held != null ? held : behind.begin(name);
        int since = to.length();
        boolean begun = streamed ? current != null : held != null;
        if (!begun) {
            writeHeader(to, name);
        }
        if (streamed) {
            current = name;
        }
        lines.begin(to, nameOf(name));
        lines.value(to, sample.value());
        Timestamp timestamp = sample.timestamp();
        if (timestamp != null) {
            SampleLines.seconds(to, timestamp);
        }
        SampleLines.end(to);
        return streamed || behind.keep(name, to, since);
    }

    private SampleName nameOf(String name) {
        return names.computeIfAbsent(name, SampleName::of);
    }

    private void writeHeader(TextOutput to, String name) throws IOException {
        TypedFamily.writeHeader(to, nameOf(name), MetricType.UNKNOWN, "", help);
    }

    @Override
    public String whyLost(String name) {
        return "family " + name + " does not fit into the " + limit + " bytes left of heldBytes";
    }

    @Override
    public boolean isEmpty() {
        return current == null;
    }

    @Override
    public void writeEmpty(String name) throws IOException {
        writeHeader(out, name);
    }

    @Override
    public void end() throws IOException {
        behind.writeTo(out);
    }
}
