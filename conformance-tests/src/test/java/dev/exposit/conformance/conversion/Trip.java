package dev.exposit.conformance.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.Json;
import dev.exposit.convert.JsonForm;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * What became of a set in a format.
 *
 * @param format the format
 * @param before what went in
 * @param bytes what was written
 * @param losses what was reported
 * @param after what is read again, by both readers where there are two
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trip(ExpositionFormat format, MetricSet before, byte[] bytes, LossReport losses, MetricSet after) {
    /** A set as the format's writer has it. */
    static Trip of(MetricSet set, ExpositionFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteOptions options = WriteOptions.of(format);
        LossReport losses = format == ExpositionFormat.JSON
                ? Json.write(set, out, options, JsonForm.ARRAY)
                : ExpositionWriter.write(set, out, options);
        return read(format, set, out.toByteArray(), losses);
    }

    /** What is read here, converted into another format. */
    Trip to(ExpositionFormat target) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionReport report = Converter.of(ReadOptions.of(format), WriteOptions.of(target))
                .convert(Source.of(new ByteArrayInputStream(bytes), format.id()), out);
        return read(target, after, out.toByteArray(), report.losses());
    }

    private static Trip read(ExpositionFormat format, MetricSet before, byte[] bytes, LossReport losses) {
        if (format == ExpositionFormat.JSON) {
            return new Trip(format, before, bytes, losses, Json.parse(new String(bytes, StandardCharsets.UTF_8)));
        }
        MetricSet after = Exposition.parse(bytes, ReadOptions.of(format));
        assertThat(ReferenceParser.parse(bytes, format))
                .as("the reference parser, of " + format.id())
                .isEqualTo(after);
        return new Trip(format, before, bytes, losses, after);
    }

    /** The kinds of what was reported. */
    Set<Loss.Kind> kinds() {
        Set<Loss.Kind> kinds = EnumSet.noneOf(Loss.Kind.class);
        losses.losses().forEach(loss -> kinds.add(loss.kind()));
        return kinds;
    }

    /** Whether what is read again is what went in, in every respect. */
    boolean isWhole() {
        return losses.isEmpty() && !Likeness.isChanged(before, after);
    }

    /** Nothing changes without being reported, nothing is reported that did not change. */
    void requireTrueReport(String title) {
        String what =
                title + ", " + format.id() + "\nreported: " + losses + "\nfound: " + MetricDiff.between(before, after);
        if (losses.isEmpty()) {
            // Start timestamps may have become gauges x_created, with which nothing is lost.
            assertThat(Likeness.isChanged(Likeness.withCreated(before), Likeness.withCreated(after)))
                    .as(what)
                    .isFalse();
        } else {
            // A name that strict readers may refuse is reported though it is written as it is.
            assertThat(Likeness.isChanged(before, after) || isOnlyReserved())
                    .as(what)
                    .isTrue();
        }
        assertThat(Likeness.unexplained(before, after, losses)).as(what).isEmpty();
    }

    private boolean isOnlyReserved() {
        return losses.losses().stream().allMatch(loss -> loss.detail().endsWith("although it is reserved"));
    }
}
