package dev.exposit.jmh;

import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A registry of Micrometer's that exposes the samples of a scrape, each as a gauge under a name without the suffixes that
 * mean something to it, which makes lines of the same shape.
 */
final class MicrometerGauges {
    private MicrometerGauges() {}

    static PrometheusMeterRegistry of(ScrapeInput input) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (ExpositionReader in = ExpositionReader.open(input.bytes(), input.options())) {
            for (Event event = in.next(); event != Event.END; event = in.next()) {
                if (event == Event.SAMPLE) {
                    double value = in.value();
                    Gauge.builder(name(in.sampleName().toString()), () -> value)
                            .tags(tags(in))
                            .register(registry);
                }
            }
        }
        return registry;
    }

    static String name(String sample) {
        return sample + "_now";
    }

    private static List<Tag> tags(ExpositionReader in) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < in.labelCount(); i++) {
            tags.add(Tag.of(in.labelName(i).toString(), in.labelValue(i).toString()));
        }
        return tags;
    }
}
