package dev.exposit.graphite;

/** What becomes of a series whose path another series of the same push has already. It is counted in either case. */
public enum Collisions {
    /** It is left out: the series that came first stays alone. */
    DROP,
    /** It is sent as well; which of the two values stays, if they have the same second, is Graphite's choice. */
    SEND
}
