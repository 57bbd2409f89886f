package dev.exposit.conformance.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The suite of one format: its cases, and the demands of its specification. */
record Suite(List<SuiteCase> cases, Map<String, Must> musts) {
    /** The folder of all suites. */
    static final Path FOLDER = Path.of(System.getProperty("exposit.root", ".."), "conformance-tests", "suite");

    /** The suite of a format, by the format's id. */
    static Suite of(String format) throws IOException {
        return in(FOLDER.resolve(format));
    }

    /** The suite in a folder. */
    static Suite in(Path folder) throws IOException {
        return new Suite(SuiteCase.in(folder), Must.in(folder));
    }

    /** Whether what is wrong in an invalid case shows only when the whole exposition has been read and is checked. */
    boolean isForRules(SuiteCase invalid) {
        return invalid.covers().stream()
                .anyMatch(id -> musts.containsKey(id) && musts.get(id).concern() == Must.Concern.RULES);
    }
}
