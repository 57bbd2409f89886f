package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.SampleRole;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one quick pass over an exposition tells about its families, for those who then read it a second time.
 *
 * @param outline the families' exposed names and types
 * @param scattered whether some family's lines do not stand together, or its metadata stands behind its samples, so
 *     that only a {@linkplain FamilyReader#merging merging} reader brings it together
 */
public record Survey(Outline outline, boolean scattered) {
    /**
     * Reads to the end and remembers the families' names and types, nothing else.
     *
     * @throws ExpositionException as {@link ExpositionReader#next()}
     */
    public static Survey of(ExpositionReader in) {
        Map<String, MetricType> types = new LinkedHashMap<>();
        boolean scattered = false;
        boolean sampled = false;
        long ordinal = -1;
        String name = "";
        for (Event event = in.next(); event != Event.END; event = in.next()) {
            if (event == Event.COMMENT) {
                continue;
            }
            boolean entered = in.familyOrdinal() != ordinal;
            if (entered) {
                ordinal = in.familyOrdinal();
                sampled = false;
            }
            if (entered || event == Event.TYPE) {
                // A type may be what the exposed name hangs on, as in OpenMetrics 1.0.
                if (!entered) {
                    types.remove(name);
                }
                name = in.exposedFamilyName();
                scattered |= types.putIfAbsent(name, in.type()) != null || isPartOfKnown(name, types);
            }
            scattered |= sampled && event != Event.SAMPLE;
            sampled |= event == Event.SAMPLE;
        }
        return new Survey(Outline.of(types), scattered);
    }

    /** Whether a family looks like samples of a histogram or summary that come back behind another family. */
    private static boolean isPartOfKnown(String name, Map<String, MetricType> types) {
        for (SampleRole role : SampleRole.values()) {
            if (!role.suffix().isEmpty() && name.endsWith(role.suffix())) {
                MetricType type = types.get(
                        name.substring(0, name.length() - role.suffix().length()));
                if ((type == MetricType.HISTOGRAM || type == MetricType.SUMMARY)
                        && type.roles().contains(role)) {
                    return role != SampleRole.CREATED;
                }
            }
        }
        return false;
    }
}
