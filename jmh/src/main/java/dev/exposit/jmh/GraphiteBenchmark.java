package dev.exposit.jmh;

import dev.exposit.graphite.GraphiteBridge;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteTarget;
import dev.exposit.graphite.PushReport;
import dev.exposit.model.MetricSet;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A parsed scrape pushed to a sink on loopback that reads and forgets, until the sink has read all of it: a connection a push.
 * Beside it the same bytes, prepared beforehand, over a connection of the same kind: what no bridge can beat. The bridge does
 * not ask for a confirmation, since waiting for one is no work: it takes 100 ms or more, whatever the size.
 */
public class GraphiteBenchmark extends ComparedBenchmark {
    /** Counts lines; JMH shows the counter as a rate. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Lines {
        /** Lines sent so far, in millions. */
        public double millionLines;
    }

    /** The bridge, and what it sends. */
    @State(Scope.Benchmark)
    public static class Pushes {
        /** How names and labels become paths. */
        public enum Form {
            /** As tags. */
            TAGS(GraphiteNames.tags()),
            /** As components. */
            DOTTED(GraphiteNames.dotted());

            private final GraphiteNames names;

            Form(GraphiteNames names) {
                this.names = names;
            }
        }

        @Param
        private Form form = Form.TAGS;

        private final ByteSink sink = ByteSink.open();
        private GraphiteBridge bridge = bridge(MetricSet.of());
        private byte[] prepared = {};
        private long lines;

        private GraphiteBridge bridge(MetricSet metrics) {
            return GraphiteBridge.builder(GraphiteTarget.tcp(sink.address().getHostAddress(), sink.port())
                            .withConfirmTimeout(Duration.ZERO))
                    .source(() -> metrics)
                    .names(form.names)
                    .build();
        }

        /**
         * Reads the scrape and keeps the bytes of one push.
         *
         * @throws IOException if the sink cannot be reached
         * @throws InterruptedException if interrupted
         */
        @Setup
        public void push(ScrapeInput input) throws IOException, InterruptedException {
            bridge = bridge(input.model());
            sink.record(true);
            PushReport report = bridge.pushOnce();
            sink.awaitConnection();
            prepared = sink.recorded();
            sink.record(false);
            lines = report.samples() - report.dropped();
        }

        /**
         * Ends the bridge and the sink.
         *
         * @throws IOException if the sink cannot be closed
         */
        @TearDown
        public void close() throws IOException {
            bridge.close();
            sink.close();
        }
    }

    /** From the model to the sink. */
    @Benchmark
    public PushReport exposit(Pushes pushes, Volume volume, Lines lines) throws IOException, InterruptedException {
        PushReport report = pushes.bridge.pushOnce();
        pushes.sink.awaitConnection();
        volume.add(pushes.prepared.length);
        lines.millionLines += pushes.lines / 1e6;
        return report;
    }

    /** The bytes of the same push to the sink. */
    @Benchmark
    public int prepared(Pushes pushes, Volume volume, Lines lines) throws IOException, InterruptedException {
        try (Socket socket = new Socket(pushes.sink.address(), pushes.sink.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(pushes.prepared);
        }
        pushes.sink.awaitConnection();
        volume.add(pushes.prepared.length);
        lines.millionLines += pushes.lines / 1e6;
        return pushes.prepared.length;
    }
}
