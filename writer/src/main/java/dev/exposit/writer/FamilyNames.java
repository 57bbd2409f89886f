package dev.exposit.writer;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a family's samples. They follow from the exposed name, whatever type the family is written with:
 * {@link SampleRole#VALUE} is the exposed name itself, {@code x_total} for a counter of that name.
 */
final class FamilyNames {
    private final String exposed;
    private final MetricType type;
    // Made when they are asked for: most families have but one, some formats ask for none.
    private @Nullable Map<SampleRole, String> texts;
    private @Nullable Map<SampleRole, SampleName> prepared;

    /**
     * Names of a family.
     *
     * @param exposed the exposed name, escaped
     * @param type the family's own type
     */
    FamilyNames(String exposed, MetricType type) {
        this.exposed = exposed;
        this.type = type;
    }

    /** The name under which start timestamps of a family stand: without a counter's {@code _total}. */
    static String created(String exposed, MetricType type) {
        String suffix = type == MetricType.COUNTER ? type.exposedSuffix() : "";
        boolean suffixed = exposed.endsWith(suffix) && exposed.length() > suffix.length();
        String stem = suffixed ? exposed.substring(0, exposed.length() - suffix.length()) : exposed;
        return stem + SampleRole.CREATED.suffix();
    }

    /** The name of the samples of that role. */
    String text(SampleRole role) {
        if (role == SampleRole.VALUE) {
            return exposed;
        }
        Map<SampleRole, String> known = texts;
        if (known == null) {
            known = new EnumMap<>(SampleRole.class);
            texts = known;
        }
        String text = known.get(role);
        if (text == null) {
            text = role == SampleRole.CREATED ? created(exposed, type) : exposed + role.suffix();
            known.put(role, text);
        }
        return text;
    }

    /** The same, ready for writing. */
    SampleName name(SampleRole role) {
        Map<SampleRole, SampleName> known = prepared;
        if (known == null) {
            known = new EnumMap<>(SampleRole.class);
            prepared = known;
        }
        SampleName name = known.get(role);
        if (name == null) {
            name = SampleName.of(text(role));
            known.put(role, name);
        }
        return name;
    }
}
