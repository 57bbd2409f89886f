package dev.exposit.grammar;

import com.google.protobuf.TextFormat;
import dev.exposit.grammar.generated.openmetrics.MetricSet;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cases are messages in protobuf's text format; this makes bytes of them. */
final class ProtobufCases {
    /**
     * A message and what comes of it.
     *
     * @param what what it shows
     * @param message in protobuf's text format
     * @param outcome the model as it prints itself, or a part of the error's message
     */
    record Case(String what, String message, String outcome) {
        @Override
        public String toString() {
            return what;
        }
    }

    private ProtobufCases() {}

    static Case row(String what, String message, String outcome) {
        return new Case(what, message, outcome.stripTrailing());
    }

    /**
     * The cases of a file beside this class: for each a line {@code === what}, the message, a line {@code ---} and the
     * outcome.
     */
    static List<Case> read(String file) {
        List<Case> cases = new ArrayList<>();
        for (String block : text(file).split("(?m)^=== ", -1)) {
            if (!block.isEmpty()) {
                int message = block.indexOf('\n') + 1;
                int outcome = block.indexOf("---\n", message);
                cases.add(row(
                        block.substring(0, message - 1),
                        block.substring(message, outcome),
                        block.substring(outcome + "---\n".length())));
            }
        }
        return cases;
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(ProtobufCases.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One {@code io.prometheus.client.MetricFamily} after the other, each with its length before it. */
    static byte[] delimited(String... families) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (String family : families) {
                MetricFamily.Builder message = MetricFamily.newBuilder();
                TextFormat.merge(family, message);
                message.build().writeDelimitedTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An {@code openmetrics.MetricSet}. */
    static byte[] metricSet(String text) {
        MetricSet.Builder message = MetricSet.newBuilder();
        try {
            TextFormat.merge(text, message);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(e);
        }
        return message.build().toByteArray();
    }
}
