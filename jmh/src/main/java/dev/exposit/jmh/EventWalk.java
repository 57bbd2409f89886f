package dev.exposit.jmh;

import dev.exposit.parser.Composite;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;

/** Goes over an exposition with our cursor and hands on all there is of every sample. */
final class EventWalk {
    private EventWalk() {}

    /** Answers how many samples, histograms and summaries there were. */
    static long walk(ExpositionReader in, SampleSink sink) {
        long samples = 0;
        for (Event event = in.next(); event != Event.END; event = in.next()) {
            if (event == Event.SAMPLE) {
                series(in, sink);
                sink.value(in.value());
                samples++;
            } else if (event == Event.COMPOSITE) {
                series(in, sink);
                numbers(in.composite(), sink);
                samples++;
            }
        }
        return samples;
    }

    private static void series(ExpositionReader in, SampleSink sink) {
        sink.name(in.sampleName());
        int labels = in.labelCount();
        for (int i = 0; i < labels; i++) {
            sink.label(in.labelName(i), in.labelValue(i));
        }
    }

    private static void numbers(Composite composite, SampleSink sink) {
        if (composite.hasCount()) {
            sink.value(composite.count());
        }
        if (composite.hasSum()) {
            sink.value(composite.sum());
        }
        for (int i = 0; i < composite.bucketCount(); i++) {
            sink.value(composite.upperBound(i));
            sink.value(composite.cumulativeCount(i));
        }
        for (int i = 0; i < composite.quantileCount(); i++) {
            sink.value(composite.quantile(i));
            sink.value(composite.quantileValue(i));
        }
    }
}
