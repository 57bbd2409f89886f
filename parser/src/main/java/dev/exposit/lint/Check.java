package dev.exposit.lint;

import dev.exposit.model.SampleRole;
import dev.exposit.parser.Composite;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** Some rules that look at the same thing. Each method is called in the order of the lines. */
abstract class Check {
    final Findings findings;

    Check(Findings findings) {
        this.findings = findings;
    }

    /** A family begins; of its type nothing is known yet, unless it came back. */
    void enter(LintedFamily family) {}

    /**
     * A sample of the family.
     *
     * @param in the reader, at the sample
     * @param role what the sample is to its metric, or null if its name does not fit the type
     */
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {}

    /**
     * A histogram or summary in one piece that fits the family's type. Whoever looks at labels and times only sees a sample
     * like any other.
     *
     * @param in the reader, at the composite
     */
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        sample(in, family, null);
    }

    /** The family is over, or begins anew further down. */
    void leave(LintedFamily family) {}

    /** The exposition is over. */
    void end() {}

    /** The position of the label of that name, or -1. */
    static int indexOf(ExpositionReader in, String labelName) {
        for (int i = 0; i < in.labelCount(); i++) {
            if (in.labelName(i).contentEquals(labelName)) {
                return i;
            }
        }
        return -1;
    }

    static String quote(String text) {
        return "'" + (text.length() <= 80 ? text : text.substring(0, 80) + "…") + "'";
    }
}
