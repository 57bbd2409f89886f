package dev.exposit.convert;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Survey;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A format that metric families are read from. The exposition formats are some; who has another one implements this and
 * gives it to {@link Converter#from(InputFormat)} or {@link Source#read(InputFormat, ReadOptions)}.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface InputFormat {
    /**
     * The exposition formats: the one that the options name, or else the one that the first bytes show.
     */
    static InputFormat ofExpositions() {
        return ExpositionInput.INSTANCE;
    }

    /**
     * Begins to read.
     *
     * @param body the bytes, decompressed; closed by whoever opened them
     * @param options how to read; the options' format is that of expositions
     * @throws IOException if the bytes cannot be read
     */
    FamilySource open(InputStream body, ReadOptions options) throws IOException;

    /**
     * Begins to read so that each family comes whole and once, however scattered it is. Where a format does not let
     * families be scattered this is {@link #open}.
     *
     * @throws IOException if the bytes cannot be read
     */
    default FamilySource openMerging(InputStream body, ReadOptions options) throws IOException {
        return open(body, options);
    }

    /**
     * Reads all and tells the families' names and types, for who then reads a second time. Unless a format has a quicker
     * way the families are built for it.
     *
     * @throws IOException if the bytes cannot be read
     */
    default Survey survey(InputStream body, ReadOptions options) throws IOException {
        Map<String, MetricType> types = new LinkedHashMap<>();
        boolean scattered = false;
        try (FamilySource source = open(body, options)) {
            for (FamilyPart part = source.next(); part != null; part = source.next()) {
                boolean known =
                        types.putIfAbsent(part.family().name(), part.family().type()) != null;
                scattered |= part.first() && known;
            }
        }
        return new Survey(Outline.of(types), scattered);
    }
}
