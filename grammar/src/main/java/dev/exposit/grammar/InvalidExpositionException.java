package dev.exposit.grammar;

import dev.exposit.model.Location;

/** An exposition that its format's specification does not allow. */
public final class InvalidExpositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Location location;

    InvalidExpositionException(Location location, String message) {
        super(message + " at " + location);
        this.location = location;
    }

    /**
     * Where it goes wrong. If a character is wrong, the first one that no valid exposition could have here; if a rule over
     * several lines is broken, the start of the line that breaks it. Binary formats have line 1 and column 1 everywhere.
     */
    public Location location() {
        return location;
    }
}
