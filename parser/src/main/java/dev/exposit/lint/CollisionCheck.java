package dev.exposit.lint;

import dev.exposit.format.EscapingScheme;

/** Families whose names escaping makes one. */
final class CollisionCheck extends Check {
    private final Collisions names = new Collisions(EscapingScheme::escapeMetricName);

    CollisionCheck(Findings findings) {
        super(findings);
    }

    @Override
    void enter(LintedFamily family) {
        Collisions.Collision collision = family.returning ? null : names.add(family.wireName);
        if (collision != null) {
            findings.add(
                    LintRule.ESCAPING_COLLISION,
                    family.spot,
                    "names that stay different when escaped",
                    message(family.wireName, collision));
        }
    }

    static String message(String name, Collisions.Collision collision) {
        return quote(name) + ", which like " + quote(collision.other()) + " becomes " + quote(collision.escaped())
                + " under escaping=" + collision.scheme().id();
    }
}
