package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;

/**
 * Looks over the shoulder of a {@link FamilyReader}: sees the cursor at every event and hears of every problem. Rules
 * over whole expositions are checked so, with the lines still at hand.
 */
public interface ReadObserver {
    /**
     * Called when an event, no comment and not the end, was taken into its family.
     *
     * @param in the cursor, at the event; to be looked at, not to be moved
     * @param familyName the family's name on the wire; the same object as long as the family is the same
     * @param type the family's type as far as it is known, also where the family came back without saying it again
     */
    void event(ExpositionReader in, String familyName, MetricType type);

    /** Called for each problem that does not end reading, those beyond {@link ReadLimits.Limit#PROBLEMS} included. */
    void problem(Problem problem);
}
