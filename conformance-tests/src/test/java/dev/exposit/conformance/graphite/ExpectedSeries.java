package dev.exposit.conformance.graphite;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server must keep of a scrape: each finite sample, under its path. The samples come from the lines themselves, not from
 * the metrics that the bridge is given.
 */
final class ExpectedSeries {
    /** Whether a server kept a value, given what was sent and what it has. */
    @FunctionalInterface
    interface Keeps {
        boolean keeps(double sent, double stored);
    }

    /** What a server that keeps doubles does. */
    static final Keeps EXACTLY = (sent, stored) -> sent == stored;

    private record Sample(String text, double value) {}

    private final Map<String, Sample> samples = new TreeMap<>();

    /**
     * Takes the samples of a scrape.
     *
     * @param scrape Prometheus text
     * @param names names that give every series a path of its own
     */
    ExpectedSeries(byte[] scrape, GraphiteNames names) {
        ExpositionReader in = ExpositionReader.open(scrape, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
        while (in.next() != Event.END) {
            if (in.event() == Event.SAMPLE && Double.isFinite(in.value())) {
                add(in, names);
            }
        }
    }

    private void add(ExpositionReader in, GraphiteNames names) {
        String text = in.sampleName() + " " + in.toLabels();
        String path = names.path(in.sampleName().toString(), in.toLabels());
        if (path == null) {
            throw new AssertionError("no path for " + text);
        }
        Sample other = samples.put(path, new Sample(text, in.value()));
        if (other != null) {
            throw new AssertionError("one path for two series: " + path + " for " + text + " and " + other.text());
        }
    }

    /** How many there are. */
    int size() {
        return samples.size();
    }

    /**
     * How what is stored differs from what was sent; empty if it does not.
     *
     * @param prefix what the paths of all series begin with that should be there, and of no others
     * @param begin when sending began, in seconds since the epoch
     */
    List<String> differences(Map<String, Received> stored, String prefix, long begin, Keeps keeps) {
        List<String> differences = new ArrayList<>();
        samples.forEach((path, sample) -> {
            Received received = stored.get(path);
            if (received == null) {
                differences.add("missing: " + path + " for " + sample);
            } else if (!keeps.keeps(sample.value(), received.value()) || received.seconds() < begin) {
                differences.add(path + " is " + received + " for " + sample);
            }
        });
        stored.forEach((path, received) -> {
            if (path.startsWith(prefix) && !samples.containsKey(path)) {
                differences.add("nobody sent " + path + " with " + received);
            }
        });
        return differences;
    }
}
