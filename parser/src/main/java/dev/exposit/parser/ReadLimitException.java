package dev.exposit.parser;

/** The exposition is larger than a limit of {@link ReadLimits} allows. */
public final class ReadLimitException extends ExpositionException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;

    ReadLimitException(String limit, long value, String what) {
        super(what + "; the limit is ReadLimits." + limit + " = " + value + ", raise it to read on");
        this.limit = limit;
        this.value = value;
    }

    /** The limit's name, as its component in {@link ReadLimits}. */
    public String limit() {
        return limit;
    }

    /** The limit's value. */
    public long value() {
        return value;
    }
}
