package dev.exposit.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader says of an exposition. */
sealed interface Verdict {
    /**
     * It is valid.
     *
     * @param families the model, or null if the reader does not tell
     */
    record Accepted(@Nullable JsonNode families) implements Verdict {}

    /**
     * It is invalid.
     *
     * @param flaws what is wrong with it, as far as the reader tells: any of them may be the one that a case means
     */
    record Refused(String message, List<SuiteCase.Flaw> flaws) implements Verdict {}

    /** The reader itself failed. */
    record Failed(String message) implements Verdict {}
}
