package dev.exposit.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the answers that a server has for a format: the format in a version with names escaped in a way. RFC 9110
 * section 12 calls it that.
 *
 * @param format the format
 * @param escaping what becomes of names in it
 * @param contentType what it is answered with, without {@code escaping}
 */
record Representation(ExpositionFormat format, EscapingScheme escaping, ContentType contentType) {

    static final String ESCAPING = "escaping";

    /** The parameters by which content types with the same media type differ. */
    static final List<String> TELLING = List.of("version", "proto", "encoding");

    static final ContentType OPENMETRICS_0_0_1 =
            ExpositionFormat.OPENMETRICS_1.contentType().with("version", "0.0.1");

    /** Which one to answer if all are the same to the client: the default, then by how well they can be undone. */
    private static final List<EscapingScheme> SCHEMES =
            List.of(EscapingScheme.UNDERSCORES, EscapingScheme.VALUES, EscapingScheme.DOTS, EscapingScheme.ALLOW_UTF_8);

    /** All that a server can answer which has a format, the most usual first. */
    static List<Representation> of(ExpositionFormat format) {
        List<Representation> all = new ArrayList<>();
        addEscaped(format, format.contentType(), all);
        if (format == ExpositionFormat.OPENMETRICS_1) {
            addEscaped(format, OPENMETRICS_0_0_1, all);
        }
        return all;
    }

    private static void addEscaped(ExpositionFormat format, ContentType contentType, List<Representation> all) {
        for (EscapingScheme scheme : SCHEMES) {
            Representation representation = new Representation(format, scheme, contentType);
            if (representation.canBeEscapedBy(scheme.id())) {
                all.add(representation);
            }
        }
    }

    /** Whether it is the older version of a format, which nobody gets who does not ask for it. */
    boolean isForTheVersionNamed() {
        return contentType.equals(OPENMETRICS_0_0_1);
    }

    /** Whether a format in that version can have such names. Versions before 1.0.0 have no quoted ones. */
    boolean canBeEscapedBy(String id) {
        Optional<EscapingScheme> scheme = EscapingScheme.byId(id.toLowerCase(Locale.ROOT));
        boolean quotes = !contentType.version().orElse("1").startsWith("0.");
        return scheme.isPresent() && (quotes || scheme.get() != EscapingScheme.ALLOW_UTF_8);
    }

    /** Whether it is what a client means that names a media type and no more. */
    boolean isUsual() {
        return switch (format) {
            case PROMETHEUS_TEXT, OPENMETRICS_2, PROTOBUF_TEXT, PROTOBUF_COMPACT -> false;
            default -> true;
        };
    }

    NegotiatedFormat answer(boolean acceptable) {
        return new NegotiatedFormat(format, escaping, contentType.with(ESCAPING, escaping.id()), acceptable);
    }
}
