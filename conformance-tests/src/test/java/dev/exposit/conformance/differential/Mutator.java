package dev.exposit.conformance.differential;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes texts a little, so that some stay valid and most come close. */
final class Mutator {
    /** What means something in one of the formats, and what nearly does. */
    private static final List<String> DICTIONARY = List.of(
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "  ",
            "\"",
            "\\",
            "\\\\",
            "\\n",
            "\\\"",
            "\\q",
            "{",
            "}",
            "{}",
            ",",
            "=",
            "#",
            "# ",
            "# HELP ",
            "# TYPE ",
            "# UNIT ",
            "# EOF",
            "# EOF\n",
            "#HELP",
            " # {} 1",
            " # {a=\"b\"} 1 2",
            " counter\n",
            " gauge\n",
            " histogram\n",
            " gaugehistogram\n",
            " summary\n",
            " info\n",
            " stateset\n",
            " unknown\n",
            " untyped\n",
            "_total",
            "_created",
            "_bucket",
            "_count",
            "_sum",
            "_gcount",
            "_gsum",
            "_info",
            " st@1.5",
            "st@",
            " {count:1,sum:2,bucket:[+Inf:1]}",
            " {gcount:1,gsum:2,bucket:[1:0,+Inf:1]}",
            " {count:1,sum:2,quantile:[0.5:1]}",
            "schema:3,zero_threshold:0,zero_count:1",
            ",positive_spans:[0:1],positive_buckets:[1]",
            ",negative_spans:[-1:1,2:0],negative_buckets:[1]",
            "bucket:[",
            "quantile:[",
            "count:",
            "sum:",
            "+Inf:",
            "-Inf:1,",
            ":",
            "[",
            "]",
            "]}",
            "{le=\"1\"}",
            ",le=\"+Inf\"",
            "le=\"",
            "quantile=\"0.5\"",
            "__name__",
            "NaN",
            "+Inf",
            "-inf",
            "infinity",
            "0",
            "1",
            "-1",
            "+",
            "-",
            ".",
            "e",
            "E",
            "1e400",
            "-1e-400",
            "0x1F",
            "1_000",
            "1.",
            ".5",
            "9223372036854775807",
            "9223372036854775808",
            "0.1234567891",
            "1e9",
            "\u0000",
            "\ufeff",
            "ü",
            "日",
            "\ud83d\ude00",
            ":",
            "_",
            "a",
            "a 1\n",
            "a{b=\"c\"} 1\n");

    private final SplittableRandom random;
    private final List<byte[]> others;

    /**
     * A mutator.
     *
     * @param others texts that pieces may be taken from, at least one
     */
    Mutator(SplittableRandom random, List<byte[]> others) {
        this.random = random;
        this.others = others;
    }

    /** The text with one to four changes. */
    byte[] mutate(byte[] text) {
        byte[] mutant = text;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            mutant = change(mutant);
        }
        return mutant;
    }

    private byte[] change(byte[] text) {
        int at = random.nextInt(text.length + 1);
        int to = Math.min(text.length, at + 1 + random.nextInt(4));
        return switch (random.nextInt(9)) {
            case 0 -> spliced(text, at, to, (byte) random.nextInt(256));
            case 1 -> flipped(text, at);
            case 2 -> spliced(text, at, at, token());
            case 3 -> spliced(text, at, to, token());
            case 4 -> spliced(text, at, to);
            case 5 ->
                random.nextInt(4) == 0
                        ? Arrays.copyOf(text, at)
                        : spliced(text, at, at, Arrays.copyOfRange(text, at, to));
            case 6 -> spliced(text, lineStart(text, at), lineStart(text, at), line(text));
            case 7 -> spliced(text, lineStart(text, at), lineEnd(text, at));
            default ->
                spliced(
                        text,
                        lineStart(text, at),
                        lineStart(text, at),
                        line(others.get(random.nextInt(others.size()))));
        };
    }

    private byte[] token() {
        return DICTIONARY.get(random.nextInt(DICTIONARY.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] text, int at) {
        byte[] flipped = text.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Any line of a text, its line feed included. */
    private byte[] line(byte[] text) {
        int at = random.nextInt(text.length + 1);
        return Arrays.copyOfRange(text, lineStart(text, at), lineEnd(text, at));
    }

    private static int lineStart(byte[] text, int at) {
        int start = at;
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] text, int at) {
        int end = at;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return Math.min(text.length, end + 1);
    }

    private static byte[] spliced(byte[] text, int from, int to, byte... put) {
        byte[] result = new byte[text.length - (to - from) + put.length];
        System.arraycopy(text, 0, result, 0, from);
        System.arraycopy(put, 0, result, from, put.length);
        System.arraycopy(text, to, result, from + put.length, text.length - to);
        return result;
    }
}
