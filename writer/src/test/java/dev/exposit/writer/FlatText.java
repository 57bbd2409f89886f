package dev.exposit.writer;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Prometheus text line by line into raw samples: also one with series that stand twice, which the format's readers
 * refuse and its writer writes as they are.
 */
final class FlatText {
    private final Map<String, Metadata> metadata = new LinkedHashMap<>();
    private final Map<String, List<Metric>> metrics = new LinkedHashMap<>();

    private FlatText() {}

    static MetricSet read(String text) {
        FlatText flat = new FlatText();
        ExpositionReader in = ExpositionReader.open(
                text.getBytes(StandardCharsets.UTF_8), ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
        while (in.next() != Event.END) {
            flat.take(in);
        }
        return MetricSet.of(flat.metadata.values().stream()
                .map(family -> new MetricFamily(family, flat.metrics.getOrDefault(family.name(), List.of())))
                .toList());
    }

    private void take(ExpositionReader in) {
        Event event = in.event();
        String name = (event == Event.SAMPLE ? in.sampleName() : in.familyName()).toString();
        Metadata known = metadata.getOrDefault(name, new Metadata(name, MetricType.UNKNOWN));
        MetricType type = event == Event.TYPE ? in.type() : known.type();
        String help = event == Event.HELP ? in.text().toString() : known.help();
        metadata.put(name, new Metadata(name, type, "", help));
        if (event == Event.SAMPLE) {
            metrics.computeIfAbsent(name, first -> new ArrayList<>())
                    .add(new Metric(
                            in.toLabels(),
                            Point.of(new RawValue(name, in.value())).at(in.timestamp())));
        }
    }
}
