package dev.exposit.cli;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Problem;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the findings of {@code exposit lint} are put. */
interface LintOutput extends Closeable {
    /** What was found out about an argument. */
    void checked(String file, LintReport report) throws IOException;

    /** Why an argument could not be checked; its format is null if nobody named it. */
    void unreadable(String file, @Nullable ExpositionFormat format, Problem why) throws IOException;
}
