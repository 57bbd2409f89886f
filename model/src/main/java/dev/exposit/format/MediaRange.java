package dev.exposit.format;

import java.util.Map;
import java.util.Optional;

/**
 * What a client says about some representations: {@code media-range [ weight ]} of RFC 9110 section 12.5.1.
 *
 * @param type in lower case, or {@code *}
 * @param subtype in lower case, or {@code *}
 * @param parameters without the weight, names in lower case
 * @param weight from 0, which refuses, to 1
 */
record MediaRange(String type, String subtype, Map<String, String> parameters, double weight) {

    /** More than there are parameters that tell representations apart. */
    private static final int PARAMETERS = 8;

    private static final int NO_MATCH = -1;

    /** How closely a type is named: any, {@code text/*}, {@code text/plain}. */
    int level() {
        if (type.equals("*")) {
            return 0;
        }
        return subtype.equals("*") ? 1 : 2;
    }

    /**
     * How specific this range is where it takes in a representation, negative where it does not: first by its level,
     * then by the number of parameters that name what the representation has. Others, such as {@code charset} or those
     * that nobody knows, are not looked at.
     */
    int specificity(Representation representation) {
        ContentType content = representation.contentType();
        if (!takesInTypeOf(content) || (representation.isForTheVersionNamed() && !parameters.containsKey("version"))) {
            return NO_MATCH;
        }
        int named = 0;
        for (String name : Representation.TELLING) {
            String wanted = parameters.get(name);
            if (wanted != null) {
                Optional<String> has = content.parameter(name);
                if (has.isEmpty() || !wanted.equalsIgnoreCase(has.get())) {
                    return NO_MATCH;
                }
                named++;
            }
        }
        String escaping = parameters.get(Representation.ESCAPING);
        if (escaping != null && representation.canBeEscapedBy(escaping)) {
            if (!escaping.equalsIgnoreCase(representation.escaping().id())) {
                return NO_MATCH;
            }
            named++;
        }
        return PARAMETERS * level() + named;
    }

    private boolean takesInTypeOf(ContentType content) {
        return switch (level()) {
            case 0 -> true;
            case 1 -> type.equals(content.type());
            default -> type.equals(content.type()) && subtype.equals(content.subtype());
        };
    }

    /** Whether it names a type but leaves open which of its versions and encodings. */
    boolean leavesVersionOpen() {
        return level() == 2 && !parameters.containsKey("version") && !parameters.containsKey("encoding");
    }
}
