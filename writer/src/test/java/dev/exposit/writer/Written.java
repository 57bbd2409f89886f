package dev.exposit.writer;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a writer made of families.
 *
 * @param format the format
 * @param text the exposition; of a format that is not text, a character for each byte
 * @param report what was lost
 */
record Written(ExpositionFormat format, String text, LossReport report) {
    static Written prometheus(MetricFamily... families) {
        return of(WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT), MetricSet.of(families));
    }

    static Written openMetrics(MetricFamily... families) {
        return of(WriteOptions.of(ExpositionFormat.OPENMETRICS_1), MetricSet.of(families));
    }

    static Written openMetrics2(MetricFamily... families) {
        return of(WriteOptions.of(ExpositionFormat.OPENMETRICS_2), MetricSet.of(families));
    }

    static Written of(WriteOptions options, MetricSet set) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            LossReport report = ExpositionWriter.write(set, out, options);
            return of(options.format(), out, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Written protobuf(MetricFamily... families) {
        return of(WriteOptions.of(ExpositionFormat.PROTOBUF), MetricSet.of(families));
    }

    static Written openMetricsProtobuf(MetricFamily... families) {
        return of(WriteOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF), MetricSet.of(families));
    }

    private static Written of(ExpositionFormat format, ByteArrayOutputStream out, LossReport report) {
        return new Written(format, out.toString(charset(format)), report);
    }

    private static Charset charset(ExpositionFormat format) {
        return format.isText() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    /** The exposition's bytes. */
    byte[] bytes() {
        return text.getBytes(charset(format));
    }

    /** The exposition, or what is read from it where it is not text. */
    String shown() {
        try {
            return format.isText()
                    ? text
                    : Exposition.parse(bytes(), ReadOptions.of(format)).toString();
        } catch (ExpositionSyntaxException e) {
            return e + " in " + text;
        }
    }

    /** Without an outline but that of the options, one piece after the other. */
    static Written parts(WriteOptions options, FamilyPart... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ExpositionWriter writer = ExpositionWriter.open(out, options);
            for (FamilyPart part : parts) {
                writer.write(part);
            }
            writer.close();
            return of(options.format(), out, writer.losses());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Likewise, each family in one piece. */
    static Written inTurn(WriteOptions options, MetricFamily... families) {
        FamilyPart[] parts = new FamilyPart[families.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = FamilyPart.whole(families[i]);
        }
        return parts(options, parts);
    }

    /** A family cut into pieces of one metric each. */
    static FamilyPart[] piecesOf(MetricFamily family) {
        List<FamilyPart> pieces = new ArrayList<>();
        int last = family.metrics().size() - 1;
        for (int i = 0; i <= last; i++) {
            pieces.add(new FamilyPart(
                    new MetricFamily(family.metadata(), family.metrics().subList(i, i + 1)), i == 0, i == last));
        }
        return pieces.toArray(FamilyPart[]::new);
    }

    /** Each loss as {@code KIND family: detail (n times)}. */
    List<String> losses() {
        return report.losses().stream()
                .map(loss -> loss.kind() + " " + loss.family() + ": " + loss.detail()
                        + (loss.count() == 1 ? "" : " (" + loss.count() + " times)"))
                .toList();
    }

    /** Each loss as {@code KIND family}. */
    List<String> lossKinds() {
        return report.losses().stream()
                .map(loss -> loss.kind() + " " + loss.family())
                .toList();
    }

    /** How many losses of a kind there are. */
    long count(Loss.Kind kind) {
        return report.losses().stream()
                .filter(loss -> loss.kind() == kind)
                .mapToLong(Loss::count)
                .sum();
    }
}
