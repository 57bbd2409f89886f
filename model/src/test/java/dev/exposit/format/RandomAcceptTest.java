package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws of {@link ContentNegotiation} over random headers. */
class RandomAcceptTest {

    /** Settable, so that a failure's seed can be run again. */
    private static final long SEED = Long.getLong("exposit.seed", 20250819L);

    private static final int HEADERS = 3_000;

    private static final String[] PIECES = {
        "text/plain",
        "application/openmetrics-text",
        "application/json",
        "application/vnd.google.protobuf",
        "*/*",
        "*",
        "text/*",
        "version",
        "1.0.0",
        "0.0.4",
        "escaping",
        "values",
        "q",
        "0",
        "0.5",
        "1",
        "2",
        "=",
        "=",
        ";",
        ";",
        ",",
        ",",
        "\"",
        "\\",
        " ",
        "\t",
        "/",
        "\u0000",
        "é",
        "\uD83D",
        "x",
        ".",
        "-"
    };

    private static final String[] TYPES = {
        "text/plain",
        "application/openmetrics-text",
        "application/json",
        "application/vnd.google.protobuf",
        "text/*",
        "application/*",
        "*/*",
        "text/html"
    };

    private final Random random = new Random(SEED);

    /** A range as a client thinks of it, before it is spelled. */
    private record Wish(String type, Map<String, String> parameters, String weight) {}

    @Test
    void anyTextHasAnAnswer() {
        for (int i = 0; i < HEADERS; i++) {
            StringBuilder header = new StringBuilder();
            for (int left = random.nextInt(30); left > 0; left--) {
                header.append(pick(PIECES));
            }
            ContentNegotiation server = server();
            NegotiatedFormat answer = server.answer(header.toString());
            assertThat(server.formats()).as("seed %d: %s", SEED, header).contains(answer.format());
            assertThat(ExpositionFormat.of(answer.contentType()))
                    .as("seed %d: %s", SEED, header)
                    .contains(answer.format());
        }
    }

    @Test
    void spellingChangesNothing() {
        for (int i = 0; i < HEADERS; i++) {
            List<Wish> wishes = wishes();
            ContentNegotiation server = server();
            NegotiatedFormat expected = server.answer(plain(wishes));
            List<Wish> shuffled = new ArrayList<>(wishes);
            Collections.shuffle(shuffled, random);
            String other = shuffled.stream().map(this::odd).collect(Collectors.joining(pick(",", " , ", ",,\t")));
            assertThat(server.answer(other))
                    .as("seed %d: %s%n%s", SEED, plain(wishes), other)
                    .isEqualTo(expected);
            List<String> lines = shuffled.stream().map(this::odd).toList();
            assertThat(server.answer(lines)).as("seed %d: %s", SEED, lines).isEqualTo(expected);
        }
    }

    @Test
    void whatIsRefusedIsNotAnswered() {
        for (int i = 0; i < HEADERS; i++) {
            ContentNegotiation server = server();
            String header = plain(wishes());
            NegotiatedFormat answer = server.answer(header);
            int refused = 0;
            while (answer.acceptable()) {
                header += "," + answer.contentType() + ";q=0";
                NegotiatedFormat next = server.answer(header);
                assertThat(next.acceptable() && next.contentType().equals(answer.contentType()))
                        .as("seed %d: %s", SEED, header)
                        .isFalse();
                answer = next;
                refused++;
            }
            // each format with each escaping, and the older version of OpenMetrics
            assertThat(refused)
                    .as("seed %d: %s", SEED, header)
                    .isLessThanOrEqualTo(4 * server.formats().size() + 3);
        }
    }

    @Test
    void theHighestWeightWins() {
        for (int i = 0; i < HEADERS; i++) {
            List<ExpositionFormat> formats = shuffledFormats();
            ContentNegotiation server = ContentNegotiation.offering(formats);
            Collections.shuffle(formats, random);
            int weight = 999;
            List<String> ranges = new ArrayList<>();
            for (ExpositionFormat format : formats) {
                ranges.add(format.contentType() + ";q=0." + String.format(Locale.ROOT, "%03d", weight));
                weight -= 1 + random.nextInt(100);
            }
            ranges.add("*/*;q=1");
            Collections.shuffle(ranges, random);
            String header = String.join(",", ranges);
            NegotiatedFormat answer = server.answer(header);
            // a wildcard takes in only what is not named
            assertThat(answer.format()).as("seed %d: %s", SEED, header).isEqualTo(formats.get(0));
            assertThat(answer.acceptable()).isTrue();
        }
    }

    private ContentNegotiation server() {
        return ContentNegotiation.offering(shuffledFormats());
    }

    private List<ExpositionFormat> shuffledFormats() {
        List<ExpositionFormat> formats = new ArrayList<>(List.of(ExpositionFormat.values()));
        Collections.shuffle(formats, random);
        return new ArrayList<>(formats.subList(0, 1 + random.nextInt(formats.size())));
    }

    private List<Wish> wishes() {
        List<Wish> wishes = new ArrayList<>();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (random.nextBoolean()) {
                parameters.put("version", pick("0.0.1", "0.0.4", "1.0.0", "2.0.0", "9"));
            }
            if (random.nextInt(3) == 0) {
                parameters.put("escaping", pick("allow-utf-8", "underscores", "dots", "values", "none"));
            }
            if (random.nextInt(5) == 0) {
                parameters.put("encoding", pick("delimited", "text", "compact-text", "xml"));
            }
            if (random.nextInt(5) == 0) {
                parameters.put("charset", "utf-8");
            }
            wishes.add(new Wish(pick(TYPES), parameters, pick("", "0", "0.1", "0.25", "0.5", "0.7501", "1")));
        }
        return wishes;
    }

    private static String plain(List<Wish> wishes) {
        return wishes.stream()
                .map(wish -> wish.type
                        + wish.parameters.entrySet().stream()
                                .map(parameter -> ";" + parameter)
                                .collect(Collectors.joining())
                        + (wish.weight.isEmpty() ? "" : ";q=" + wish.weight))
                .collect(Collectors.joining(","));
    }

    /** The same range in other letters, order, quotes and blanks. */
    private String odd(Wish wish) {
        List<String> parameters = new ArrayList<>();
        wish.parameters.forEach((name, value) -> parameters.add(anyCase(name) + blanks() + "=" + blanks()
                + (random.nextBoolean() ? anyCase(value) : '"' + anyCase(value) + '"')));
        if (!wish.weight.isEmpty()) {
            parameters.add(anyCase("q") + "=" + wish.weight + (wish.weight.contains(".") ? "0000" : ".0"));
        }
        Collections.shuffle(parameters, random);
        return blanks()
                + anyCase(wish.type)
                + parameters.stream()
                        .map(parameter -> blanks() + ";" + blanks() + parameter)
                        .collect(Collectors.joining())
                + blanks();
    }

    private String anyCase(String text) {
        return text.chars()
                .mapToObj(c -> String.valueOf((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)))
                .collect(Collectors.joining());
    }

    private String blanks() {
        return pick("", "", " ", "\t ");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
