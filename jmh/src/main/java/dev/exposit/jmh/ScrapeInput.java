package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.ExpositionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The scrape that is measured with: a workload, or a file of any format that we read. */
@State(Scope.Benchmark)
public class ScrapeInput {
    /** Stands for the workload where there is a file. */
    static final String NO_WORKLOAD = "file";

    @Param({"wide", "node", "alltypes"})
    private String workload = "node";

    /** A file to take instead of a workload; an empty path is none. */
    @Param("")
    private String file = "";

    private byte[] bytes = {};
    private ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    /**
     * Makes or reads the scrape.
     *
     * @throws IOException if the file cannot be read
     */
    @Setup
    public void open() throws IOException {
        if (file.isEmpty()) {
            take(Workload.named(workload));
        } else {
            take(Path.of(file));
        }
        converted();
    }

    /** Makes of the scrape what else is needed. Not a setup of its own: JMH would call it first. */
    void converted() {}

    void take(Workload workload) {
        bytes = workload.text();
    }

    void take(Path file) throws IOException {
        bytes = Files.readAllBytes(file);
        // The format shows in the first bytes; finding out is not to be measured.
        try (ExpositionReader reader = ExpositionReader.open(bytes, ReadOptions.defaults())) {
            options = ReadOptions.of(reader.format());
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** How the bytes are read: the format they are in, by its specification, up to the first error. */
    ReadOptions options() {
        return options;
    }

    MetricSet model() {
        return Exposition.parse(bytes, options);
    }

    /** The scrape in another format. */
    byte[] as(ExpositionFormat format) {
        return ExpositionWriter.toBytes(model(), format);
    }
}
