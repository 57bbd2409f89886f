package dev.exposit.format;

import static dev.exposit.format.EscapingScheme.DOTS;
import static dev.exposit.format.EscapingScheme.UNDERSCORES;
import static dev.exposit.format.EscapingScheme.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code model/metric_test.go} in prometheus/common says of escaping. */
class GoEscapingTest {

    /**
     * {@code TestEscapeName}. {@code EscapeName} there doubles the underscores of legacy names under "dots", but the
     * writers never show it such a name: {@code TestEscapeMetricFamily}. Where the last column is empty, Go's
     * {@code UnescapeName} answers another name than was escaped, and we none.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no:escaping_required              | no:escaping_required              | no:escaping_required                                | no:escaping_required                                  | no:escaping_required
            mysystem.prod.west.cpu.load       | mysystem_prod_west_cpu_load       | mysystem_dot_prod_dot_west_dot_cpu_dot_load         | U__mysystem_2e_prod_2e_west_2e_cpu_2e_load            | mysystem.prod.west.cpu.load
            mysystem.prod.west.cpu.load_total | mysystem_prod_west_cpu_load_total | mysystem_dot_prod_dot_west_dot_cpu_dot_load__total  | U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total     | mysystem.prod.west.cpu.load_total
            http.status:sum                   | http_status:sum                   | http_dot_status:sum                                 | U__http_2e_status:sum                                 | http.status:sum
            label with 😱                     | label_with__                      | label__with____                                     | U__label_20_with_20__1f631_                           |
            花火                              | __                                | ____                                                | U___82b1__706b_                                       |
            label with Ā                      | label_with__                      | label__with____                                     | U__label_20_with_20__100_                             |
            """)
    void escapeName(String name, String underscores, String dots, String values, @Nullable String undotted) {
        assertThat(UNDERSCORES.escapeMetricName(name)).isEqualTo(underscores);
        assertThat(DOTS.escapeMetricName(name)).isEqualTo(dots);
        assertThat(VALUES.escapeMetricName(name)).isEqualTo(values);
        assertThat(DOTS.unescapeMetricName(dots).orElse(null)).isEqualTo(undotted);
        assertThat(VALUES.unescapeMetricName(values)).contains(name);
    }

    /** {@code TestValueUnescapeErrors}. Where Go answers the text that it was given, we answer none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            U__no:unescapingrequired                         | no:unescapingrequired
            U__capitals_2E_ok                                | capitals.ok
            U__underscores__doubled__                        | underscores_doubled_
            U__underscores_doubled_                          |
            U__underscores__doubled_                         |
            U__my__hack_2e_attempt_872348732fabdabbab_       |
            U__my__hack_2e                                   |
            U__bad__utf_2eg_                                 |
            U__bad__utf_D900_                                |
            """)
    void valueUnescapeErrors(String escaped, @Nullable String name) {
        assertThat(VALUES.unescapeMetricName(escaped).orElse(null)).isEqualTo(name);
    }

    /** {@code TestEscapeMetricFamily}: names of families and labels as they are written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VALUES | my_metric             | my_metric                         | some_label | some_label
            VALUES | my_metric             | my_metric                         | some.label | U__some_2e_label
            VALUES | my.metric             | U__my_2e_metric                   | some?label | U__some_3f_label
            DOTS   | unicode.and.dots.花火 | unicode_dot_and_dot_dots_dot_____ | some_label | some_label
            """)
    void escapeMetricFamily(EscapingScheme scheme, String name, String escaped, String label, String escapedLabel) {
        assertThat(scheme.escapeMetricName(name)).isEqualTo(escaped);
        assertThat(scheme.escapeLabelName(label)).isEqualTo(escapedLabel);
    }
}
