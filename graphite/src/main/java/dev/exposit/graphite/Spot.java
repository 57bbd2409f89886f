package dev.exposit.graphite;

import dev.exposit.model.Location;
import dev.exposit.parser.Excerpt;
import java.nio.charset.StandardCharsets;

/**
 * A place in a line, and what to show of it.
 *
 * @param location where it is
 * @param excerpt what stands there
 */
record Spot(Location location, Excerpt excerpt) {
    /** The place of a byte of the line at hand, given by its index in the buffer. */
    static Spot of(LineInput line, int index) {
        byte[] bytes = line.bytes();
        String before = new String(bytes, line.from(), index - line.from(), StandardCharsets.UTF_8);
        return new Spot(
                new Location(line.number(), 1 + before.codePointCount(0, before.length()), line.offset(index)),
                Excerpt.of(bytes, line.from(), line.to(), index));
    }
}
