package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.NumberText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One target scraped again and again: the scrape ten times, each time with a third of the values risen. Some rise to more
 * digits than before, so that what stands behind moves.
 */
@State(Scope.Benchmark)
public class ScrapeVariants {
    static final int COUNT = 10;
    private static final int CHANGED = 3;

    private byte[][] variants = {};
    private ReadOptions options = ReadOptions.defaults();
    private int next;

    /**
     * Makes the scrapes.
     *
     * @throws IOException never, of an array
     */
    @Setup
    public void make(ScrapeInput input) throws IOException {
        options = input.options();
        if (options.format() == null || !options.format().isText() || options.format() == ExpositionFormat.JSON) {
            throw new IllegalArgumentException("expected text, got " + options.format());
        }
        variants = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            variants[i] = variant(input.bytes(), i);
        }
    }

    private byte[] variant(byte[] scrape, int variant) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(scrape.length + scrape.length / 64);
        int copied = 0;
        int samples = 0;
        try (ExpositionReader in = ExpositionReader.open(scrape, options)) {
            for (Event event = in.next(); event != Event.END; event = in.next()) {
                if (event == Event.SAMPLE && samples++ % CHANGED == 0 && Double.isFinite(in.value())) {
                    byte[] before = in.valueText().toString().getBytes(StandardCharsets.US_ASCII);
                    int at = valueAt(scrape, Math.toIntExact(in.location().offset()), before);
                    out.write(scrape, copied, at - copied);
                    out.writeBytes(risen(in.value(), variant).getBytes(StandardCharsets.US_ASCII));
                    copied = at + before.length;
                }
            }
        }
        out.write(scrape, copied, scrape.length - copied);
        return out.toByteArray();
    }

    /** Where the value stands of a sample that begins at an offset: nothing else outside quotes begins as a number does. */
    private static int valueAt(byte[] scrape, int sample, byte[] value) {
        boolean quoted = false;
        int i = sample;
        while (quoted || !isBefore(scrape[i]) || !startsWith(scrape, i + 1, value)) {
            if (scrape[i] == '"') {
                quoted = !quoted;
            } else if (quoted && scrape[i] == '\\') {
                i++;
            }
            i++;
        }
        return i + 1;
    }

    /** Whether a value may follow such a byte. */
    private static boolean isBefore(byte b) {
        return b == ' ' || b == '\t' || b == '}';
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] start) {
        int end = at + start.length;
        return end <= bytes.length && Arrays.equals(bytes, at, end, start, 0, start.length);
    }

    private static String risen(double value, int variant) {
        double risen = value == Math.rint(value) ? value + variant : value * (1 + variant / 1000.0);
        boolean whole = risen == Math.rint(risen) && Math.abs(risen) < 1e15;
        return whole ? Long.toString((long) risen) : NumberText.of(risen);
    }

    ReadOptions options() {
        return options;
    }

    /** The next scrape; after the last comes the first. */
    byte[] next() {
        byte[] scrape = variants[next];
        next = (next + 1) % COUNT;
        return scrape;
    }
}
