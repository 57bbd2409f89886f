package dev.exposit.conformance.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A demand of a specification, as {@code musts.tsv} lists it.
 *
 * @param section where the specification demands it
 * @param rule the demand in our words
 */
record Must(String id, String section, String rule, Concern concern) {
    /** Who can find out that a demand is not met. */
    enum Concern {
        /** Whoever reads: such an exposition cannot be read. */
        SYNTAX,
        /** Whoever checks what was read: it can be read, yet contradicts itself or its types. */
        RULES,
        /** Nobody has to: readers must take something, or understand it in some way. There is nothing to refuse. */
        READER,
        /** Nobody can by looking at one exposition. */
        PRODUCER
    }

    /** The table of a folder by id, in its order; empty where there is none. */
    static Map<String, Must> in(Path folder) throws IOException {
        Map<String, Must> musts = new LinkedHashMap<>();
        Path table = folder.resolve("musts.tsv");
        if (!Files.exists(table)) {
            return musts;
        }
        for (String line : Files.readAllLines(table)) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != 4) {
                throw new IOException(table + ": expected four columns: " + line);
            }
            Must must =
                    new Must(columns[0], columns[1], columns[3], Concern.valueOf(columns[2].toUpperCase(Locale.ROOT)));
            if (musts.put(must.id(), must) != null) {
                throw new IOException(table + ": two rows for " + must.id());
            }
        }
        return musts;
    }
}
