package dev.exposit.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Findings for programs: one JSON object a line for each argument. */
final class LintJson implements LintOutput {
    private final JsonGenerator json;

    LintJson(OutputStream out) throws IOException {
        this.json = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)
                // A line feed behind each object instead of a blank between two.
                .setRootValueSeparator(null);
    }

    @Override
    public void checked(String file, LintReport report) throws IOException {
        write(file, report.format(), report.valid(), report.families(), report.samples(), report.problems());
    }

    @Override
    public void unreadable(String file, @Nullable ExpositionFormat format, Problem why) throws IOException {
        write(file, format, false, 0, 0, List.of(why));
    }

    private void write(
            String file,
            @Nullable ExpositionFormat format,
            boolean valid,
            long families,
            long samples,
            List<Problem> problems)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeStringField("format", format == null ? null : format.id());
        json.writeBooleanField("valid", valid);
        json.writeNumberField("families", families);
        json.writeNumberField("samples", samples);
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
            write(problem);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void write(Problem problem) throws IOException {
        Location location = problem.location();
        json.writeStartObject();
        json.writeStringField("code", problem.code());
        json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("line", location.line());
        json.writeNumberField("column", location.column());
        json.writeNumberField("offset", location.offset());
        json.writeStringField("message", problem.message());
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
