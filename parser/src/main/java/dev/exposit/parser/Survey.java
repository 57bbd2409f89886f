package dev.exposit.parser;

import dev.exposit.format.EscapingScheme;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one quick pass over an exposition tells about its families, for those who then read it a second time.
 *
 * @param outline the families' exposed names and types
 * @param scattered whether some family's lines do not stand together, or its metadata stands behind its samples, so
 *     that only a {@linkplain FamilyReader#merging merging} reader brings it together; or names clash when unescaped
 */
public record Survey(Outline outline, boolean scattered) {
    /**
     * Reads to the end and remembers the families' names and types, nothing else.
     *
     * @throws ExpositionException as {@link ExpositionReader#next()}
     */
    public static Survey of(ExpositionReader in) {
        EventReader reader = EventReader.beneath(in);
        Map<String, MetricType> byWireName = new HashMap<>();
        Map<String, MetricType> byExposedName = new LinkedHashMap<>();
        boolean scattered = false;
        boolean sampled = false;
        long ordinal = -1;
        for (Event event = in.next(); event != Event.END; event = in.next()) {
            if (event == Event.COMMENT) {
                continue;
            }
            boolean entered = in.familyOrdinal() != ordinal;
            if (entered) {
                ordinal = in.familyOrdinal();
                sampled = false;
                String name = in.familyName().toString();
                if (isSeries(event)) {
                    name = reader.familyOfSample(name, byWireName);
                }
                boolean known = byWireName.putIfAbsent(name, in.type()) != null;
                reader.refuseFamilies(byWireName.size());
                scattered |= known || byExposedName.putIfAbsent(in.exposedFamilyName(), in.type()) != null;
            } else if (event == Event.TYPE && !sampled) {
                // The exposed name may hang on the type, as in OpenMetrics 1.0.
                String name = in.familyName().toString();
                byWireName.put(name, in.type());
                byExposedName.remove(reader.exposedName(name, MetricType.UNKNOWN), MetricType.UNKNOWN);
                scattered |= byExposedName.putIfAbsent(in.exposedFamilyName(), in.type()) != null;
            }
            scattered |= sampled && !isSeries(event);
            sampled |= isSeries(event);
        }
        return of(byExposedName, scattered, reader.options);
    }

    /**
     * The survey of families of these exposed names and types, in order.
     *
     * @param types types by the names that stand in the exposition
     * @param scattered whether some family's lines do not stand together
     * @param options those that the families will be read with: what they have unescaped the survey tells unescaped
     */
    public static Survey of(Map<String, MetricType> types, boolean scattered, ReadOptions options) {
        EscapingScheme scheme = options.unescaping();
        if (scheme == null) {
            return new Survey(Outline.of(types), scattered);
        }
        OriginalNames names = OriginalNames.ofMetrics(scheme, (code, severity, name, expected, got) -> {});
        names.add(types.keySet());
        Map<String, MetricType> unescaped = new LinkedHashMap<>();
        types.forEach((name, type) -> unescaped.put(names.get(name), type));
        // Only who holds all families can leave all names that clash as they stand.
        return new Survey(Outline.of(unescaped), scattered || names.hasClash());
    }

    private static boolean isSeries(Event event) {
        return event == Event.SAMPLE || event == Event.COMPOSITE;
    }
}
