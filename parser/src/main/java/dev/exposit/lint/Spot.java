package dev.exposit.lint;

import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** A line kept for problems that show only later. */
record Spot(Location location, String excerpt, int caret) {
    /** The exposition as a whole, for what concerns no line of it. */
    static final Spot NOWHERE = new Spot(new Location(0, 0, 0), "", 0);

    /** The line that the reader is at. */
    static Spot of(ExpositionReader in) {
        return of(in, null);
    }

    /** A part of the event that the reader is at, or its line. */
    static Spot of(ExpositionReader in, @Nullable ByteView at) {
        Problem here = in.problem("", Severity.WARNING, at, "", "");
        return new Spot(here.location(), here.excerpt(), here.caret());
    }
}
