package dev.exposit.writer;

import java.io.IOException;
import java.util.List;

/**
 * Writes what a family is taken apart into: families of unknown type, one for each name that its samples have. All samples of a
 * name must stand together, so that those of the later names are held back until all have come.
 */
interface UnknownFamilies {
    /**
     * Begins anew.
     *
     * @param help the help text that each family is to have
     * @param limit how many bytes to hold back at most
     */
    void begin(String help, long limit);

    /**
     * Writes samples of one series, whose times rise; the series has not come before.
     *
     * @return how many did not fit
     */
    int write(Series series, List<FlatSamples.Sample> samples) throws IOException;

    /** Why samples of that name do not fit, in words. */
    String whyLost(String name);

    /** Whether nothing was written yet. */
    boolean isEmpty();

    /** Writes a family without samples. */
    void writeEmpty(String name) throws IOException;

    /** Writes what was held back. */
    void end() throws IOException;
}
