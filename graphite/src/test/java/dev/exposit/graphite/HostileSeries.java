package dev.exposit.graphite;

import dev.exposit.model.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Names and labels made of what is most likely to go wrong; the same for the same seed. */
final class HostileSeries {
    private static final List<String> PIECES = List.of(
            "~",
            ".",
            "..",
            "/",
            ";",
            "=",
            "!",
            "^",
            "%",
            "%25",
            "%2E",
            "%~",
            "{",
            "}",
            "\"}",
            "\"",
            "'",
            "\\",
            "|",
            "*",
            "?",
            "[",
            "]",
            "(",
            ")",
            ",",
            ":",
            "-",
            "_",
            "__",
            "+",
            " ",
            "\t",
            "\n",
            "\r",
            "\u000B",
            "\u0000",
            "\u001C",
            "\u007F",
            "\u0085",
            "\u00A0",
            "\u2028",
            "\u3000",
            "\uFEFF",
            "\u00E9",
            "\u6F22",
            "\uD83D\uDE00",
            "\uD800",
            "\uDC00",
            "\uFFFF",
            "_tagged",
            "name",
            "exported_",
            "a",
            "b",
            "A",
            "0",
            "le",
            "%E9",
            "%ED%A0%80");
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "a-b",
            "a.b",
            "a_b",
            "name",
            "exported_name",
            "exported_exported_name",
            "le",
            "job",
            "\u00E9",
            "exported_job");

    private final Random random;

    HostileSeries(long seed) {
        random = new Random(seed);
    }

    /** A text, not empty, seldom so long that it has to be shortened. */
    String text() {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(40) == 0) {
            String piece = text.toString();
            return piece.repeat(20 + random.nextInt(200 / piece.length() + 1)) + random.nextInt(3);
        }
        return text.toString();
    }

    /** Up to seven labels, some with an empty value. */
    Labels labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        int count = random.nextInt(100) == 0 ? 30 : random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String name = random.nextInt(3) == 0 ? text() : NAMES.get(random.nextInt(NAMES.size()));
            labels.put(name, random.nextInt(8) == 0 ? "" : text());
        }
        return Labels.of(labels);
    }
}
