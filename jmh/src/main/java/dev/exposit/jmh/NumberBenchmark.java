package dev.exposit.jmh;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.NumberText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Reading and writing the numbers of a scrape. The volume is that of the numbers' own characters.
 *
 * <p>Our reading of numbers is not for use alone, so it is measured as the cursor's over lines with little else. What that
 * little costs shows in {@link #readExpositOnes}, whose volume is nominal, the same as that of the others: time is one
 * divided by what is shown, and the difference of the times is the numbers'. The peers get the same lines and look for
 * the line feeds.
 */
public class NumberBenchmark extends ComparedBenchmark {
    private static final ReadOptions TEXT = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    private interface Reading {
        double read(byte[] text, int from, int length);
    }

    private static double exposit(byte[] lines, ScrapeNumbers numbers, Volume volume) throws IOException {
        volume.add(numbers.numberBytes());
        double sum = 0;
        try (ExpositionReader in = ExpositionReader.open(lines, TEXT)) {
            for (Event event = in.next(); event != Event.END; event = in.next()) {
                sum += in.value();
            }
        }
        return sum;
    }

    private static double peer(ScrapeNumbers numbers, Volume volume, Reading reading) {
        volume.add(numbers.numberBytes());
        byte[] lines = numbers.lines();
        double sum = 0;
        int from = ScrapeNumbers.BEFORE;
        for (int i = from; i < lines.length; i++) {
            if (lines[i] == '\n') {
                sum += reading.read(lines, from, i - from);
                from = i + 1 + ScrapeNumbers.BEFORE;
            }
        }
        return sum;
    }

    /** The cursor over lines of numbers; answers their sum, as all that read do. */
    @Benchmark
    public double readExposit(ScrapeNumbers numbers, Volume volume) throws IOException {
        return exposit(numbers.lines(), numbers, volume);
    }

    /** The cursor over as many lines whose number is 1. */
    @Benchmark
    public double readExpositOnes(ScrapeNumbers numbers, Volume volume) throws IOException {
        return exposit(numbers.ones(), numbers, volume);
    }

    /** The JDK, which wants a string. */
    @Benchmark
    public double readJdk(ScrapeNumbers numbers, Volume volume) {
        return peer(
                numbers,
                volume,
                (text, from, length) ->
                        Double.parseDouble(new String(text, from, length, StandardCharsets.ISO_8859_1)));
    }

    /** FastDoubleParser, which takes bytes. */
    @Benchmark
    public double readFastDoubleParser(ScrapeNumbers numbers, Volume volume) {
        return peer(numbers, volume, JavaDoubleParser::parseDouble);
    }

    /** Our spelling, into one array; answers how many bytes that takes. */
    @Benchmark
    public long writeExposit(ScrapeNumbers numbers, Volume volume) {
        byte[] into = new byte[NumberText.MAX_BYTES];
        long bytes = 0;
        for (double value : numbers.values()) {
            bytes += NumberText.write(value, into, 0);
        }
        volume.add(bytes);
        return bytes;
    }

    /** The JDK's spelling, copied from the string to one array. */
    @Benchmark
    @SuppressWarnings("deprecation") // getBytes into an array is the only way without another copy
    public long writeJdk(ScrapeNumbers numbers, Volume volume) {
        byte[] into = new byte[NumberText.MAX_BYTES];
        long bytes = 0;
        for (double value : numbers.values()) {
            String text = Double.toString(value);
            text.getBytes(0, text.length(), into, 0);
            bytes += text.length();
        }
        volume.add(bytes);
        return bytes;
    }
}
