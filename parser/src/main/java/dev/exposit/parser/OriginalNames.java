package dev.exposit.parser;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.Names;
import dev.exposit.model.Problem.Severity;
import dev.exposit.model.SampleRole;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of one kind as they were before they were escaped: those of an exposition's families, or of the labels of one family.
 * Different names stay different. Of names that come together and would become one none is unescaped; one that comes later
 * finds the name taken and is not, and if it needs no unescaping it has no name left, {@link #isHomeless}.
 *
 * <p>Escaping leaves legacy names alone and makes no others, so what would be unescaped to a legacy name was not escaped.
 */
final class OriginalNames {
    /** What all names begin with that escaping {@code values} makes. */
    private static final String VALUES_PREFIX = "U__";

    /** Who is told of names that could not be unescaped. */
    interface Report {
        void report(ErrorCode code, Severity severity, String name, String expected, String got);
    }

    private final EscapingScheme scheme;
    private final boolean ofMetrics;
    private final Report report;

    /** The names that were changed, or could have been, and what they are. */
    private final Map<String, String> originals = new HashMap<>();
    /** The names that escaping would change, and which name of the exposition has each. */
    private final Map<String, String> owners = new HashMap<>();

    private final Set<String> homeless = new HashSet<>();
    private boolean clash;

    private OriginalNames(EscapingScheme scheme, boolean ofMetrics, Report report) {
        this.scheme = scheme;
        this.ofMetrics = ofMetrics;
        this.report = report;
    }

    static OriginalNames ofMetrics(EscapingScheme scheme, Report report) {
        return new OriginalNames(scheme, true, report);
    }

    static OriginalNames ofLabels(EscapingScheme scheme, Report report) {
        return new OriginalNames(scheme, false, report);
    }

    /** Adds names that come together; those that are known stay what they are. */
    void add(Collection<String> names) {
        Map<String, String> wishes = new LinkedHashMap<>();
        Map<String, Set<String>> wishers = new HashMap<>();
        for (String name : names) {
            if (isPlain(name) || originals.containsKey(name) || homeless.contains(name)) {
                continue;
            }
            String original = original(name);
            if (original == null) {
                report.report(
                        ErrorCode.INVALID_ESCAPED_NAME,
                        Severity.WARNING,
                        name,
                        "a name that can be unescaped behind " + VALUES_PREFIX,
                        LineScanner.quote(name));
                original = name;
            }
            wishes.put(name, original);
            wishers.computeIfAbsent(original, key -> new LinkedHashSet<>()).add(name);
        }
        wishes.forEach((name, original) -> settle(name, original, wishers.getOrDefault(original, Set.of())));
    }

    private void settle(String name, String original, Set<String> wishers) {
        String owner = owners.get(original);
        boolean late = owner != null && !wishers.contains(owner);
        if (!late && wishers.size() == 1) {
            give(name, original);
            return;
        }
        clash = true;
        boolean isItself = name.equals(original);
        if (!isItself || late) {
            String other = late && owner != null
                    ? owner
                    : wishers.stream()
                            .filter(one -> !one.equals(name))
                            .findFirst()
                            .orElse(original);
            report.report(
                    ErrorCode.CLASHING_ESCAPED_NAME,
                    isItself ? Severity.ERROR : Severity.WARNING,
                    name,
                    "names that stay different when unescaped",
                    LineScanner.quote(name) + ", which like " + LineScanner.quote(other) + " would be "
                            + LineScanner.quote(original));
        }
        if (isItself && late) {
            homeless.add(name);
        } else {
            give(name, name);
        }
    }

    private void give(String name, String original) {
        originals.put(name, original);
        if (!isLegacy(original)) {
            owners.put(original, name);
        }
    }

    /** The original of a name that was added; any other stays as it is. */
    String get(String name) {
        return originals.getOrDefault(name, name);
    }

    /** The original of a name that was not added: it stays as it is if that belongs to another one. */
    String look(String name) {
        if (isPlain(name)) {
            return name;
        }
        String original = original(name);
        if (original == null) {
            return name;
        }
        String owner = owners.get(original);
        return owner == null || owner.equals(name) ? original : name;
    }

    /** Whether a name was given to another one before it came. */
    boolean isHomeless(String name) {
        return homeless.contains(name);
    }

    /** Whether there is any name that was given to another one before it came. */
    boolean hasHomeless() {
        return !homeless.isEmpty();
    }

    /** Whether some names would have become one. */
    boolean hasClash() {
        return clash;
    }

    /** Whether a name, as most, is neither escaped nor one that another could become. */
    private boolean isPlain(String name) {
        return isLegacy(name) && name.equals(original(name));
    }

    /** The name before it was escaped, itself if it was not, null if it looks so but was not. */
    private @Nullable String original(String name) {
        Optional<String> whole = unescape(name).filter(found -> found.equals(name) || !isLegacy(found));
        if (whole.isPresent() && !whole.get().equals(name)) {
            return whole.get();
        }
        String part = ofMetrics ? originalOfPart(name) : null;
        if (part != null) {
            return part;
        }
        boolean looksEscaped = scheme == EscapingScheme.VALUES && name.startsWith(VALUES_PREFIX) && isLegacy(name);
        return looksEscaped ? null : name;
    }

    /**
     * The name of a part of a family, such as {@code x_bucket}, before the family's was escaped; null if it is none. The suffix
     * stands behind the escaped name, where it makes the whole one that the scheme does not make.
     */
    private @Nullable String originalOfPart(String name) {
        for (SampleRole role : SampleRole.values()) {
            int stem = name.length() - role.suffix().length();
            if (stem > 0 && stem < name.length() && name.endsWith(role.suffix())) {
                String family = unescape(name.substring(0, stem)).orElse("");
                if (!family.isEmpty() && !isLegacy(family)) {
                    return family + role.suffix();
                }
            }
        }
        return null;
    }

    private Optional<String> unescape(String name) {
        return ofMetrics ? scheme.unescapeMetricName(name) : scheme.unescapeLabelName(name);
    }

    private boolean isLegacy(String name) {
        return ofMetrics ? Names.isLegacyMetricName(name) : Names.isLegacyLabelName(name);
    }
}
