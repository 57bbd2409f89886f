package dev.exposit.convert;

import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Escaping and unescaping of names in JSON. */
class JsonUnescapingTest {
    private final List<Problem> problems = new ArrayList<>();
    private final ReadOptions values = ReadOptions.of(ExpositionFormat.JSON)
            .withUnescaping(EscapingScheme.VALUES)
            .withProblemListener(problems::add);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private LossReport write(EscapingScheme scheme, MetricFamily... families) throws IOException {
        WriteOptions options =
                WriteOptions.builder(ExpositionFormat.JSON).escaping(scheme).build();
        return Json.write(MetricSet.of(families), out, options, JsonForm.ARRAY);
    }

    private static Source source(String json) {
        return Source.of(new ByteArrayInputStream(utf8(json)), "<json>");
    }

    private MetricSet written(ReadOptions options) throws IOException {
        return Source.of(new ByteArrayInputStream(out.toByteArray()), "<json>").read(options);
    }

    @ParameterizedTest
    @EnumSource(
            value = EscapingScheme.class,
            names = {"VALUES", "DOTS"})
    void whatIsReadUnescapedIsWhatWasWritten(EscapingScheme scheme) throws IOException {
        Exemplar exemplar = new Exemplar(Labels.of("trace.id", "1"), 1, null);
        MetricFamily[] families = {
            MetricFamily.builder("a.b_total", MetricType.COUNTER)
                    .add(new Metric(Labels.of("l.1", "x"), Point.of(1).withExemplars(exemplar)))
                    .build(),
            MetricFamily.builder("h.h", MetricType.HISTOGRAM)
                    .add(new RawValue("h.h_bucket", 1), "l.1", "x")
                    .build(),
            MetricFamily.builder("s.s", MetricType.STATE_SET)
                    .add(new StateSetValue(List.of(new StateSetValue.State("on", true))))
                    .build()
        };

        LossReport report = write(scheme, families);

        assertThat(report.losses()).isNotEmpty().allMatch(loss -> loss.kind() == Loss.Kind.NAME);
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("a.b", "l.1", "trace.id", "h.h");
        assertThat(written(values.withUnescaping(scheme))).isEqualTo(MetricSet.of(families));
        assertThat(problems).isEmpty();
    }

    @Test
    void seriesThatEscapingMakesOneAreToldApart() throws IOException {
        LossReport report = write(
                EscapingScheme.UNDERSCORES,
                MetricFamily.builder("g", MetricType.GAUGE)
                        .add(1, "l.1", "x")
                        .add(2, "l_1", "x")
                        .build());

        assertThat(written(ReadOptions.defaults()).value("g", "l_1", "x")).hasValue(1.0);
        assertThat(report.losses()).extracting(Loss::kind).containsExactlyInAnyOrder(Loss.Kind.NAME, Loss.Kind.SAMPLE);
    }

    private static final String CLASH = """
            [{"name":"U__a_2e_b","type":"GAUGE","metrics":[{"value":"1"}]},
             {"name":"a.b","type":"GAUGE","metrics":[{"value":"2"}]},
             {"name":"U__c_2e_d","type":"GAUGE","metrics":[{"value":"3"}]}]
            """;

    @Test
    void familiesThatWouldBecomeOneStay() throws IOException {
        MetricSet set = source(CLASH).read(values);

        assertThat(set.stream().map(MetricFamily::name)).containsExactly("U__a_2e_b", "a.b", "c.d");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CLASHING_ESCAPED_NAME");
            assertThat(problem.location().line()).isEqualTo(1);
        });
    }

    @Test
    void whoHoldsNotAllFamiliesLeavesOutOneWhoseNameIsGiven() throws IOException {
        assertThatThrownBy(() -> streamed(values))
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CLASHING_ESCAPED_NAME));
        assertThat(streamed(values.withRecovery(Recovery.SKIP_LINE))).containsExactly("a.b", "c.d");
        assertThat(problems).hasSize(1);
    }

    @Test
    void conversionKnowsAllFamilies() throws IOException {
        Converter.of(values, WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT)).convert(source(CLASH), out);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("U__a_2e_b 1\n", "{\"a.b\"} 2\n", "{\"c.d\"} 3\n");
    }

    @Test
    void wantedNamesAreThoseAfterUnescaping() throws IOException {
        assertThat(streamed(values.withRecovery(Recovery.SKIP_LINE).withNames(Set.of("c.d"))))
                .containsExactly("c.d");
    }

    private static List<String> streamed(ReadOptions options) throws IOException {
        List<String> names = new ArrayList<>();
        try (FamilySource in = InputFormat.ofExpositions().open(new ByteArrayInputStream(utf8(CLASH)), options)) {
            for (FamilyPart part = in.next(); part != null; part = in.next()) {
                names.add(part.family().name());
            }
        }
        return names;
    }
}
