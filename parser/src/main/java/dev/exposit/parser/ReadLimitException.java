package dev.exposit.parser;

import dev.exposit.parser.ReadLimits.Limit;

/** The exposition is larger than a limit of {@link ReadLimits} allows. */
public final class ReadLimitException extends ExpositionException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final long value;

    /** An exception for something, in words, that is more than a limit allows. */
    public ReadLimitException(Limit limit, ReadLimits limits, String what) {
        super(what + "; the limit is ReadLimits." + limit + " = " + limits.get(limit) + ", raise it to read on");
        this.limit = limit;
        this.value = limits.get(limit);
    }

    /** The limit. */
    public Limit limit() {
        return limit;
    }

    /** The limit's value. */
    public long value() {
        return value;
    }
}
