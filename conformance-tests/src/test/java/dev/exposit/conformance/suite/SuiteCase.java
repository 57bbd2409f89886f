package dev.exposit.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A case: an exposition, and what a reader should make of it.
 *
 * @param name group and name, such as {@code labels/two-labels}
 * @param input the exposition's bytes
 * @param covers what it tests: productions of the format's grammar, ids of rules of {@code musts.tsv}
 * @param families the model of a valid exposition, or null if it is invalid or the case does not say
 * @param error where an invalid exposition goes wrong, or null if it is valid or the case does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SuiteCase(
        String name,
        byte[] input,
        String description,
        List<String> covers,
        boolean valid,
        @Nullable JsonNode families,
        @Nullable Flaw error) {
    /**
     * What is wrong and where, lines and columns counted from 1 in characters, offsets from 0 in bytes.
     *
     * @param code the kind of mistake: an {@code ErrorCode} or {@code LintRule}, as far as there are any for the format
     */
    record Flaw(String code, long line, long column, long offset) {
        @Override
        public String toString() {
            return code + " at line " + line + ", column " + column + ", byte " + offset;
        }
    }

    /** How much of a reader's verdict must be right; each one demands what those before it do. */
    enum Strictness {
        /** It accepts or refuses as it should. */
        VERDICT,
        /** It reads the same model. */
        MODEL,
        /** It keeps the spelling of bounds and quantiles, and labels with empty values, and refuses on the right line. */
        LINE,
        /** It refuses at the right place with the right code. */
        PLACE
    }

    /** The cases below a folder, in alphabetical order. */
    static List<SuiteCase> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<SuiteCase> cases = new ArrayList<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            cases.add(
                    name.equals("test.json") || name.endsWith("/test.json")
                            ? foreign(file, name.replaceFirst("/?test\\.json$", ""))
                            : own(file, name.replaceFirst("\\.json$", "")));
        }
        return cases;
    }

    private static SuiteCase own(Path file, String name) throws IOException {
        try {
            JsonNode json = Json.read(file);
            Json.requireFields(json, List.of("description", "covers", "valid", "families", "error"));
            List<String> covers = new ArrayList<>();
            json.required("covers").forEach(covered -> covers.add(covered.textValue()));
            boolean valid = json.required("valid").booleanValue();
            byte[] input = Files.readAllBytes(
                    file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ".txt")));
            return new SuiteCase(
                    name,
                    input,
                    json.required("description").textValue(),
                    covers,
                    valid,
                    valid ? json.required("families") : null,
                    valid ? null : flaw(json.required("error")));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Flaw flaw(JsonNode error) {
        Json.requireFields(error, List.of("code", "line", "column", "offset"));
        return new Flaw(
                error.required("code").textValue(),
                error.required("line").longValue(),
                error.required("column").longValue(),
                error.required("offset").longValue());
    }

    /** A case in the layout of the OpenMetrics project's own suite for 1.0, which has nothing but a verdict. */
    private static SuiteCase foreign(Path file, String name) throws IOException {
        JsonNode json = Json.read(file);
        byte[] input =
                Files.readAllBytes(file.resolveSibling(json.required("file").textValue()));
        boolean valid = json.required("shouldParse").booleanValue();
        return new SuiteCase(name, input, "", List.of(), valid, null, null);
    }

    /** What is wrong with a verdict, or empty if nothing is. */
    Optional<String> mistake(Verdict verdict, Strictness strictness) {
        if (verdict instanceof Verdict.Failed failed) {
            return Optional.of(failed.message());
        }
        if (verdict instanceof Verdict.Refused refused) {
            return mistake(refused, strictness);
        }
        if (!valid) {
            return Optional.of("should be refused" + (error == null ? "" : ": " + error));
        }
        if (families == null || strictness == Strictness.VERDICT) {
            return Optional.empty();
        }
        JsonNode model = ((Verdict.Accepted) verdict).families();
        if (model == null) {
            return Optional.of("no model");
        }
        boolean exact = strictness.compareTo(Strictness.LINE) >= 0;
        try {
            JsonNode expected = CanonicalModel.of(families, exact);
            JsonNode got = CanonicalModel.of(model, exact);
            return expected.equals(got)
                    ? Optional.empty()
                    : Optional.of("another model\nexpected " + expected + "\ngot      " + got);
        } catch (IllegalArgumentException e) {
            return Optional.of("no model: " + e.getMessage());
        }
    }

    private Optional<String> mistake(Verdict.Refused refused, Strictness strictness) {
        if (valid) {
            return Optional.of("should be accepted, but was refused: " + refused.message());
        }
        if (error == null || strictness.compareTo(Strictness.LINE) < 0) {
            return Optional.empty();
        }
        boolean right = strictness == Strictness.LINE
                ? refused.flaws().stream().anyMatch(flaw -> flaw.line() == error.line())
                : refused.flaws().contains(error);
        return right ? Optional.empty() : Optional.of("expected " + error + "\ngot " + refused.flaws());
    }

    @Override
    public String toString() {
        return name;
    }
}
