package dev.exposit.conformance.differential;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.writer.ExpositionWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The inputs of a differential run, each made out of its seed alone. */
final class Cases {
    private static final int LARGEST = 64 << 10;
    /** How much of a text from the corpus one case takes, mostly. */
    private static final int PIECE = 600;

    private final ExpositionFormat format;
    private final List<byte[]> corpus;

    /**
     * One input.
     *
     * @param metrics what it says, or null if nobody knows
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(long seed, byte[] text, @Nullable MetricSet metrics) {}

    /**
     * The cases of a format.
     *
     * @param corpus texts to take pieces from, possibly none
     */
    Cases(ExpositionFormat format, List<byte[]> corpus) {
        this.format = format;
        this.corpus = corpus;
    }

    /** The case of a seed: one in eight as it was generated and spelled, the others changed a little. */
    Case of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (random.nextInt(8) == 0) {
            MetricSet metrics = new ValidMetrics(random, format).next();
            return new Case(seed, utf8(new NaiveSpeller(random, format).spell(metrics)), metrics);
        }
        byte[] text = random.nextInt(1000) == 0 ? large(random) : text(random);
        List<byte[]> others = List.of(text(random), text(random));
        return new Case(seed, new Mutator(random, others).mutate(text), null);
    }

    /** A text that is valid, or was in the wild. */
    private byte[] text(SplittableRandom random) {
        if (!corpus.isEmpty() && random.nextInt(4) == 0) {
            return piece(corpus.get(random.nextInt(corpus.size())), PIECE, random);
        }
        MetricSet metrics = new ValidMetrics(random, format).next();
        boolean ours = random.nextInt(3) == 0 && ExpositionWriter.canWrite(format);
        return utf8(
                ours ? ExpositionWriter.toString(metrics, format) : new NaiveSpeller(random, format).spell(metrics));
    }

    /** A text of up to 64 KiB: many small ones, one behind the other, or a large piece of a real one. */
    private byte[] large(SplittableRandom random) {
        int size = 1 + random.nextInt(LARGEST);
        if (!corpus.isEmpty() && random.nextBoolean()) {
            return piece(corpus.get(random.nextInt(corpus.size())), size, random);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < size) {
            String text = new String(text(random), StandardCharsets.UTF_8);
            out.writeBytes(utf8(text.replace("# EOF", "").stripTrailing() + "\n"));
        }
        return withEnd(Arrays.copyOf(out.toByteArray(), size));
    }

    /** Whole lines of a text, with the format's end. */
    private byte[] piece(byte[] text, int size, SplittableRandom random) {
        int from = lineStart(text, random.nextInt(text.length + 1));
        int to = lineStart(text, Math.min(text.length, from + 1 + random.nextInt(size)));
        return withEnd(Arrays.copyOfRange(text, from, Math.max(from, to)));
    }

    private byte[] withEnd(byte[] text) {
        if (format != ExpositionFormat.OPENMETRICS_1 && format != ExpositionFormat.OPENMETRICS_2) {
            return text;
        }
        byte[] end = utf8("# EOF\n");
        byte[] ended = Arrays.copyOf(text, text.length + end.length);
        System.arraycopy(end, 0, ended, text.length, end.length);
        return ended;
    }

    private static int lineStart(byte[] text, int at) {
        int start = at;
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
