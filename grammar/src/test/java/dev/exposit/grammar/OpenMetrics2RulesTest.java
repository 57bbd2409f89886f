package dev.exposit.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conformance suite has no cases for, since the specification can be read in two ways. */
class OpenMetrics2RulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"__type__", "__unit__"})
    void labelsInPlaceOfMetadataAreAllowed(String name) {
        assertThat(broken("a{" + name + "=\"x\"} 1\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_type_", "__types__", "__name__", "_"})
    void otherLabelsWithAnUnderscoreFirstAreReserved(String name) {
        assertThat(broken("a{" + name + "=\"x\"} 1\n"))
                .containsExactly("a label's name does not begin with an underscore: " + name + "=\"x\"");
    }

    /** Their type does not say whether they count or measure. */
    @ParameterizedTest
    @ValueSource(strings = {"{count:-1,sum:1,bucket:[1:-1,+Inf:-1]}", "{gcount:1,gsum:1,bucket:[1:2,+Inf:1]}"})
    void histogramsOfUnknownTypeMayBeGauges(String value) {
        assertThat(broken("a " + value + "\n")).isEmpty();
    }

    private static List<String> broken(String lines) {
        byte[] exposition = (lines + "# EOF\n").getBytes(StandardCharsets.UTF_8);
        return ReferenceParser.brokenRules(exposition, ExpositionFormat.OPENMETRICS_2);
    }
}
