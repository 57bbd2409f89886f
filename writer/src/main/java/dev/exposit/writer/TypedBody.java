package dev.exposit.writer;

/** Writes a family of OpenMetrics 1.0 that stands as one. */
interface TypedBody extends FamilyBody {
    /** Has the start timestamps of the next family written, whatever the options say. */
    void writeStartsOfNext();
}
