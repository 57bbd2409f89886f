package dev.exposit.jmh;

import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.writer.NumberText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The values of a scrape's samples, as numbers and as lines of Prometheus text that have little else. */
@State(Scope.Benchmark)
public class ScrapeNumbers {
    /** How many bytes stand before the number in a line. */
    static final int BEFORE = 2;

    private double[] values = {};
    private byte[] lines = {};
    private byte[] ones = {};

    /**
     * Takes the values out of a scrape.
     *
     * @throws IOException never, of an array
     */
    @Setup
    public void collect(ScrapeInput input) throws IOException {
        DoubleStream.Builder numbers = DoubleStream.builder();
        ByteArrayOutputStream spelled = new ByteArrayOutputStream();
        try (ExpositionReader in = ExpositionReader.open(input.bytes(), input.options())) {
            for (Event event = in.next(); event != Event.END; event = in.next()) {
                // The JDK and FastDoubleParser spell the others differently.
                if (event == Event.SAMPLE && Double.isFinite(in.value())) {
                    numbers.add(in.value());
                    byte[] line = ("v " + NumberText.of(in.value()) + "\n").getBytes(StandardCharsets.US_ASCII);
                    spelled.writeBytes(line);
                }
            }
        }
        values = numbers.build().toArray();
        lines = spelled.toByteArray();
        ones = new byte[4 * values.length];
        for (int i = 0; i < ones.length; i += 4) {
            ones[i] = 'v';
            ones[i + 1] = ' ';
            ones[i + 2] = '1';
            ones[i + 3] = '\n';
        }
    }

    double[] values() {
        return values;
    }

    /** A line {@code v NUMBER} for each value. */
    byte[] lines() {
        return lines;
    }

    /** As many lines {@code v 1}. */
    byte[] ones() {
        return ones;
    }

    /** How many bytes the numbers themselves have in {@link #lines()}. */
    long numberBytes() {
        return lines.length - (BEFORE + 1L) * values.length;
    }

    double sum() {
        return Arrays.stream(values).sum();
    }
}
