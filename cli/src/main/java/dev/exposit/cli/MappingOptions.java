package dev.exposit.cli;

import dev.exposit.convert.InputFormat;
import dev.exposit.graphite.GraphiteInput;
import dev.exposit.graphite.GraphiteMapping;
import dev.exposit.graphite.MappingSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that read Graphite's lines: what becomes of paths. */
final class MappingOptions {
    /** A character has four bytes at most, and a mapping less than this many characters. */
    private static final int MOST_BYTES = 16 << 20;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Rules in YAML by which Graphite's paths become names and labels, as graphite_exporter has"
                    + " them. Without it a path is a name, and its tags are labels.")
    private @Nullable String mapping;

    @Option(
            names = "--mapping-strict",
            description = "Leave out paths that no rule of the mapping matches. Without it, they are names with _ for"
                    + " what is not legal everywhere.")
    private boolean strict;

    /**
     * How to read Graphite's lines.
     *
     * @param isUsed whether some input is to be read so; if not, the options are wrong
     * @throws IOException if the mapping cannot be read
     * @throws MappingSyntaxException if it is malformed
     */
    InputFormat graphite(boolean isUsed, InputOptions input, Messages messages) throws IOException {
        String file = mapping;
        if (file == null) {
            if (strict) {
                throw new ParameterException(spec.commandLine(), "--mapping-strict expects --mapping FILE beside it");
            }
            return GraphiteInput.plaintext();
        }
        if (!isUsed) {
            throw new ParameterException(spec.commandLine(), "--mapping expects --from graphite beside it");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(input.path(file))) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        GraphiteMapping rules = GraphiteMapping.parseYaml(new String(bytes, StandardCharsets.UTF_8))
                .withStrict(strict);
        rules.notes().forEach(note -> messages.tell(file + ": " + note));
        return GraphiteInput.plaintext().withMapping(rules);
    }

    /** What to read the input as: Graphite's lines if that was asked for, else an exposition; throws as {@link #graphite}. */
    InputFormat input(InputOptions input, Messages messages) throws IOException {
        Formats.ReadFormat given = input.from();
        boolean isGraphite = given != null && given.isGraphite();
        InputFormat lines = graphite(isGraphite, input, messages);
        return isGraphite ? lines : InputFormat.ofExpositions();
    }

    /** What is told of a mapping that is malformed. */
    String malformed(MappingSyntaxException e) {
        return mapping + ": " + e.getMessage();
    }
}
