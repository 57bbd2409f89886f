package dev.exposit.cli;

import dev.exposit.parser.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of the commands that build metric families, whose names may be unescaped. */
final class UnescapeOption {
    @Option(
            names = "--unescape",
            paramLabel = "SCHEME",
            converter = Words.Unescapings.class,
            completionCandidates = Words.Unescapings.class,
            description = "Undo the escaping of names that are read: ${COMPLETION-CANDIDATES}. values can be undone"
                    + " exactly, dots mostly. Names that would become one stay and are told of. Without it names stay as"
                    + " they stand, also where a server says that it escaped them.")
    private Words.Unescapings.@Nullable Scheme scheme;

    ReadOptions apply(ReadOptions options) {
        return scheme == null ? options : options.withUnescaping(scheme.scheme);
    }
}
