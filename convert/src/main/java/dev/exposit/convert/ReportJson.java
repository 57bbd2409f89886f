package dev.exposit.convert;

import dev.exposit.model.Location;
import dev.exposit.model.Loss;
import dev.exposit.model.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A conversion's report for programs. */
final class ReportJson {
    private final JsonOut json;

    private ReportJson(JsonOut json) {
        this.json = json;
    }

    static String of(ConversionReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ReportJson(new JsonOut(out)).write(report);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(ConversionReport report) throws IOException {
        json.beginObject();
        json.text("from", report.from());
        json.text("to", report.to());
        json.integer("families", report.families());
        json.integer("metrics", report.metrics());
        json.beginArray("losses");
        for (Loss loss : report.losses().losses()) {
            write(loss);
        }
        json.endArray();
        json.integer("lossCount", report.losses().total());
        json.beginArray("problems");
        for (Problem problem : report.problems()) {
            write(problem);
        }
        json.endArray();
        json.integer("problemCount", report.problemCount());
        json.endObject();
        json.flush();
    }

    private void write(Loss loss) throws IOException {
        json.beginObject();
        json.text("kind", word(loss.kind()));
        json.text("family", loss.family());
        json.text("detail", loss.detail());
        json.integer("count", loss.count());
        json.endObject();
    }

    private void write(Problem problem) throws IOException {
        Location location = problem.location();
        json.beginObject();
        json.text("code", problem.code());
        json.text("severity", word(problem.severity()));
        json.integer("line", location.line());
        json.integer("column", location.column());
        json.integer("offset", location.offset());
        json.text("message", problem.message());
        json.text("expected", problem.expected());
        json.text("got", problem.got());
        json.text("excerpt", problem.excerpt());
        json.endObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
