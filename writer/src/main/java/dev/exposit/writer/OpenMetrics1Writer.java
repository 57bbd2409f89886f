package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Outline;
import java.io.IOException;

/**
 * Writes OpenMetrics text 1.0.0: {@link OpenMetrics1Families} decides how families stand, {@link TypedFamily} and
 * {@link UnknownLines} write the lines.
 *
 * <p>Specification: OpenMetrics 1.0, "Text format".
 */
final class OpenMetrics1Writer extends TextWriter {
    private final OpenMetrics1Families families = new OpenMetrics1Families(
            options,
            escaping,
            losses,
            (type, family) -> new OpenMetrics1Rules(type, family, escaping.keepsLabelName(family)),
            new TypedFamily(out, escaping, losses, options.startTimestamps()),
            new UnknownLines(out, true));

    OpenMetrics1Writer(ByteSink sink, WriteOptions options) {
        super(sink, options);
    }

    @Override
    void announce(Outline outline) {
        families.announce(outline);
    }

    @Override
    void writePart(FamilyPart part) throws IOException {
        families.write(part);
    }

    @Override
    void finish() throws IOException {
        families.finish();
        out.text("# EOF\n");
    }
}
