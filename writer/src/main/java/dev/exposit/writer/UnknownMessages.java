package dev.exposit.writer;

import dev.exposit.model.MetricType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of families of unknown type. All are held back until they are whole. */
final class UnknownMessages implements UnknownFamilies {
    private final TextOutput out;
    private final int mostBytes;
    private final Map<String, OpenMetricsFamilyMessage> families = new LinkedHashMap<>();

    private String help = "";
    /** How many bytes all families but the first may have together. */
    private long limit;

    private long held;
    private String first = "";

    UnknownMessages(TextOutput out, int mostBytes) {
        this.out = out;
        this.mostBytes = mostBytes;
    }

    @Override
    public void begin(String help, long limit) {
        this.help = help;
        this.limit = limit;
        held = 0;
        families.clear();
    }

    @Override
    public int write(Series series, List<FlatSamples.Sample> samples) throws IOException {
        String name = series.name();
        OpenMetricsFamilyMessage family = families.get(name);
        if (family == null) {
            family = begun(name);
            first = families.isEmpty() ? name : first;
            families.put(name, family);
        }
        int before = family.length();
        int begun = family.beginMetric(series.labels());
        for (FlatSamples.Sample sample : samples) {
            int begunPoint = family.beginPoint(sample.timestamp());
            OpenMetricsPointMessage.number(family.out, MetricType.UNKNOWN, sample.value());
            family.end(begunPoint);
        }
        family.end(begun);
        int added = family.length() - before;
        boolean behind = !name.equals(first);
        if (family.length() > mostBytes || (behind && held + added > limit)) {
            family.takeBack(before);
            return samples.size();
        }
        held += behind ? added : 0;
        return 0;
    }

    private OpenMetricsFamilyMessage begun(String name) throws IOException {
        OpenMetricsFamilyMessage family = new OpenMetricsFamilyMessage();
        family.begin(name, MetricType.UNKNOWN, "", help);
        return family;
    }

    @Override
    public String whyLost(String name) {
        return "family " + name + " does not fit into the " + limit + " bytes left of heldBytes or into messageBytes = "
                + mostBytes;
    }

    @Override
    public boolean isEmpty() {
        return families.isEmpty();
    }

    @Override
    public void writeEmpty(String name) throws IOException {
        begun(name).writeTo(out);
    }

    @Override
    public void end() throws IOException {
        for (OpenMetricsFamilyMessage family : families.values()) {
            family.writeTo(out);
        }
        families.clear();
    }
}
