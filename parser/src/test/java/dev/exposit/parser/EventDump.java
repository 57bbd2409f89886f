package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a reader tells of an exposition, as text that can be compared.
 *
 * @param events each event, such as {@code HELP a: text}, {@code TYPE a gauge} or {@code h_count{b="c"} 1.0 @5 of h}
 *     where the sample's family has another name
 * @param details where each event stood, and what else the reader says of it
 * @param problems the problems that did not end reading, in full
 * @param end how it ended: {@code END} with the place, or the exception
 */
record EventDump(List<String> events, List<String> details, List<String> problems, String end) {
    private static final Set<ExpositionFormat> PROTOBUF = EnumSet.of(
            ExpositionFormat.OPENMETRICS_PROTOBUF,
            ExpositionFormat.PROTOBUF,
            ExpositionFormat.PROTOBUF_TEXT,
            ExpositionFormat.PROTOBUF_COMPACT);

    /** Reads to the end or to an {@link ExpositionException}, and closes the reader. */
    static EventDump of(ExpositionReader in) {
        List<String> events = new ArrayList<>();
        List<String> details = new ArrayList<>();
        String end;
        try (in) {
            while (in.next() != Event.END) {
                events.add(event(in));
                details.add(detail(in));
            }
            end = "END at " + in.location();
        } catch (ExpositionException e) {
            end = e.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EventDump(events, details, problems(in.problems()), end);
    }

    /** As {@link #of(ExpositionReader)} with an event for each part of a family. */
    static EventDump of(FamilyReader in) {
        List<String> parts = new ArrayList<>();
        String end = "END";
        try (in) {
            for (FamilyPart part = in.next(); part != null; part = in.next()) {
                parts.add((part.first() ? "first " : "") + (part.last() ? "last " : "") + part.family());
            }
        } catch (ExpositionException e) {
            end = e.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> losses =
                in.losses().losses().stream().map(Object::toString).toList();
        return new EventDump(parts, losses, problems(in.problems()), end);
    }

    /** The text opened in a shape; an exception while opening counts as one while reading. */
    static EventDump of(InputShape shape, byte[] text, ReadOptions options) {
        try {
            return of(shape.open(text, options));
        } catch (ExpositionException e) {
            return new EventDump(List.of(), List.of(), List.of(), e.toString());
        }
    }

    boolean ended() {
        return end.startsWith("END");
    }

    private static List<String> problems(List<Problem> problems) {
        return problems.stream()
                .map(p -> p.severity() + " " + p + "\n" + p.excerptWithCaret())
                .toList();
    }

    /** The event at hand without its place. */
    static String event(ExpositionReader in) {
        return switch (in.event()) {
            case HELP, UNIT ->
                in.event() + " " + family(in) + ": " + escape(in.text().toString());
            case TYPE -> "TYPE " + family(in) + ' ' + in.type().keyword();
            case COMMENT -> "COMMENT: " + escape(in.text().toString());
            case SAMPLE -> series(in, Double.toString(in.value()));
            case COMPOSITE -> series(in, in.composite().toValue().toString());
            case END -> "END";
        };
    }

    private static String family(ExpositionReader in) {
        return escape(in.familyName().toString());
    }

    private static String series(ExpositionReader in, String value) {
        StringBuilder out = new StringBuilder(escape(in.sampleName().toString()));
        out.append('{');
        for (int i = 0; i < in.labelCount(); i++) {
            out.append(i == 0 ? "" : ",")
                    .append(label(in.labelName(i).toString(), in.labelValue(i).toString()));
        }
        out.append("} ").append(value).append(time(in.timestamp()));
        if (in.hasStartTimestamp()) {
            out.append(" since").append(time(in.startTimestamp()));
        }
        for (Exemplar exemplar : in.exemplars()) {
            out.append(" # ").append(labels(exemplar.labels())).append(' ').append(exemplar.value());
            out.append(time(exemplar.timestamp()));
        }
        if (!in.familyName().contentEquals(in.sampleName())) {
            out.append(" of ").append(family(in));
        }
        return out.toString();
    }

    private static String detail(ExpositionReader in) {
        String common = in.location() + ", family " + in.familyOrdinal() + " " + in.exposedFamilyName() + ", type "
                + in.type().keyword();
        return in.event() != Event.SAMPLE
                ? common
                : common + ", labels " + labels(in.toLabels())
                        + (isSpelled(in) ? ", value " + in.valueText() : "") + ", "
                        + in.hasTimestamp() + ' ' + in.hasExemplar();
    }

    private static boolean isSpelled(ExpositionReader in) {
        return !PROTOBUF.contains(in.format());
    }

    private static String time(@Nullable Timestamp timestamp) {
        return timestamp == null ? "" : " @" + timestamp;
    }

    private static String labels(Labels labels) {
        List<String> parts = new ArrayList<>();
        for (Label label : labels) {
            parts.add(label(label.name(), label.value()));
        }
        return "{" + String.join(",", parts) + "}";
    }

    private static String label(String name, String value) {
        return escape(name) + "=\"" + escape(value).replace("\"", "\\\"") + '"';
    }

    /** Shows a backslash and control characters as escapes. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\x%02X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
