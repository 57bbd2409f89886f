package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import dev.exposit.parser.ExpositionException;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Survey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The exposition formats: JSON is read here, the others by the module {@code parser}. */
final class ExpositionInput implements InputFormat {
    static final ExpositionInput INSTANCE = new ExpositionInput();

    private ExpositionInput() {}

    @Override
    public FamilySource open(InputStream body, ReadOptions options) throws IOException {
        return open(body, options, false, ExpositionReader::assembled);
    }

    @Override
    public FamilySource openMerging(InputStream body, ReadOptions options) throws IOException {
        return open(body, options, true, FamilyReader::merging);
    }

    /** As {@link #open}, for who hands the families on to a writer. */
    FamilySource openPassing(InputStream body, ReadOptions options) throws IOException {
        return open(body, options, false, FamilyReader::passing);
    }

    private static FamilySource open(
            InputStream body, ReadOptions options, boolean merging, Function<ExpositionReader, FamilyReader> assembling)
            throws IOException {
        InputStream in = JsonSniffer.lookable(body);
        ReadOptions found = JsonSniffer.recognise(in, options);
        if (found.format() == ExpositionFormat.JSON) {
            return new JsonReader(in, found, merging);
        }
        try {
            return new Families(assembling.apply(ExpositionReader.open(in, found)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Survey survey(InputStream body, ReadOptions options) throws IOException {
        InputStream in = JsonSniffer.lookable(body);
        ReadOptions found = JsonSniffer.recognise(in, options);
        // The second pass comes upon the same problems again, and tells them then.
        ReadOptions silent = found.withProblemListener(problem -> {});
        if (found.format() == ExpositionFormat.JSON) {
            JsonReader reader = new JsonReader(in, silent, false);
            try {
                return reader.survey();
            } catch (ExpositionException e) {
                reader.problems().forEach(options.problemListener());
                throw e;
            }
        }
        try {
            ExpositionReader reader = ExpositionReader.open(in, silent);
            try {
                return Survey.of(reader);
            } catch (ExpositionException e) {
                // There will be no second pass.
                reader.problems().forEach(options.problemListener());
                throw e;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A reader of the module {@code parser}. */
    private record Families(FamilyReader reader) implements FamilySource {
        @Override
        public String format() {
            return reader.format().id();
        }

        @Override
        public @Nullable FamilyPart next() throws IOException {
            try {
                return reader.next();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public LossReport losses() {
            return reader.losses();
        }

        @Override
        public List<Problem> problems() {
            return reader.problems();
        }

        @Override
        public long problemCount() {
            return reader.problemCount();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
