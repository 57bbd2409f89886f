package dev.exposit.format;

import static dev.exposit.format.EscapingScheme.ALLOW_UTF_8;
import static dev.exposit.format.EscapingScheme.DOTS;
import static dev.exposit.format.EscapingScheme.UNDERSCORES;
import static dev.exposit.format.EscapingScheme.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapingSchemeTest {

    /** Settable, so that a failure's seed can be run again. */
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);

    private static final int RANDOM_NAMES = 20_000;

    @ParameterizedTest
    @CsvSource({"ALLOW_UTF_8, allow-utf-8", "UNDERSCORES, underscores", "DOTS, dots", "VALUES, values"})
    void idsAreTheValuesOfTheParameter(EscapingScheme scheme, String id) {
        assertThat(scheme.id()).isEqualTo(id);
        assertThat(EscapingScheme.byId(id)).contains(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Values", "values ", "none"})
    void otherIdsAreUnknown(String id) {
        assertThat(EscapingScheme.byId(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # name            | underscores       | dots                   | values
                    http.requests     | http_requests     | http_dot_requests      | U__http_2e_requests
                    rpc.time_seconds  | rpc_time_seconds  | rpc_dot_time__seconds  | U__rpc_2e_time__seconds
                    job.up:sum        | job_up:sum        | job_dot_up:sum         | U__job_2e_up:sum
                    a b               | a_b               | a__b                   | U__a_20_b
                    .                 | _                 | _dot_                  | U___2e_
                    ..                | __                | _dot__dot_             | U___2e__2e_
                    ._dot_b           | __dot_b           | _dot___dot__b          | U___2e___dot__b
                    9lives            | _lives            | __lives                | U___39_lives
                    a9/9              | a9_9              | a9__9                  | U__a9_2f_9
                    é                 | _                 | __                     | U___e9_
                    aÿĀ               | a__               | a____                  | U__a_ff__100_
                    温度_c             | ___c              | ______c                | U___6e29__5ea6___c
                    t😱               | t_                | t__                    | U__t_1f631_
                    U__a.b            | U__a_b            | U____a_dot_b           | U__U____a_2e_b
                    """)
    void metricNamesAreEscaped(String name, String underscores, String dots, String values) {
        assertThat(UNDERSCORES.escapeMetricName(name)).isEqualTo(underscores);
        assertThat(DOTS.escapeMetricName(name)).isEqualTo(dots);
        assertThat(VALUES.escapeMetricName(name)).isEqualTo(values);
        assertThat(VALUES.unescapeMetricName(values)).contains(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    :        | _       | __         | U___3a_
                    a:b      | a_b     | a__b       | U__a_3a_b
                    a.b:c_d  | a_b_c_d | a_dot_b__c__d | U__a_2e_b_3a_c__d
                    le.vel   | le_vel  | le_dot_vel | U__le_2e_vel
                    """)
    void labelNamesAreEscapedWithTheirColons(String name, String underscores, String dots, String values) {
        assertThat(UNDERSCORES.escapeLabelName(name)).isEqualTo(underscores);
        assertThat(DOTS.escapeLabelName(name)).isEqualTo(dots);
        assertThat(VALUES.escapeLabelName(name)).isEqualTo(values);
        assertThat(VALUES.unescapeLabelName(values)).contains(name);
    }

    @ParameterizedTest
    @EnumSource
    void legacyNamesAreLeftAlone(EscapingScheme scheme) {
        for (String name : new String[] {"up", "http_requests_total", "_", "a__b", "a_dot_b", "U__a"}) {
            assertThat(scheme.escapeMetricName(name)).isSameAs(name);
            assertThat(scheme.escapeLabelName(name)).isSameAs(name);
        }
        String withColon = "job:up:sum";
        assertThat(scheme.escapeMetricName(withColon)).isSameAs(withColon);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "a.b", "9", "a:b", "花火", "U__a_2e_b"})
    void allowUtf8ChangesNothing(String name) {
        assertThat(ALLOW_UTF_8.escapeMetricName(name)).isSameAs(name);
        assertThat(ALLOW_UTF_8.escapeLabelName(name)).isSameAs(name);
        assertThat(ALLOW_UTF_8.unescapeMetricName(name)).contains(name);
        assertThat(ALLOW_UTF_8.unescapeLabelName(name)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "a_b", "a__b", "_"})
    void underscoresAreNeverUndone(String name) {
        assertThat(UNDERSCORES.unescapeMetricName(name)).isEmpty();
        assertThat(UNDERSCORES.unescapeLabelName(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http_dot_requests     | http.requests
                    rpc_dot_time__seconds | rpc.time_seconds
                    job_dot_up:sum        | job.up:sum
                    a_dot___dot__b        | a._dot_b
                    _dot_5                | .5
                    _dot__dot_            | ..
                    # legacy names, left alone
                    up                    | up
                    job:up:sum            | job:up:sum
                    http_requests_total   | http_requests_total
                    a_dot_b_total         | a_dot_b_total
                    """)
    void dotsAreUndone(String escaped, String name) {
        assertThat(DOTS.unescapeMetricName(escaped)).contains(name);
    }

    /** The first two may come from {@code a b} and {@code 9a}, or be themselves; escaping leaves none of the others. */
    @ParameterizedTest
    @ValueSource(strings = {"a__b", "__a", "", "a.b", "a_dot_b.c", "9a", "é_dot_"})
    void dotsAreNotUndoneWhereTheResultDoesNotCheck(String escaped) {
        assertThat(DOTS.unescapeMetricName(escaped)).isEmpty();
    }

    @Test
    void labelNamesAreUnescapedByTheirOwnCharacters() {
        assertThat(DOTS.unescapeLabelName("le_dot_vel")).contains("le.vel");
        assertThat(DOTS.unescapeLabelName("a_dot_b:c")).isEmpty();
        assertThat(VALUES.unescapeLabelName("U__a_2e_b:c")).isEmpty();
        assertThat(VALUES.unescapeLabelName("a:b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    up                    | up
                    job:up:sum            | job:up:sum
                    a_2e_b                | a_2e_b
                    U_a                   | U_a
                    U__upper_2E_case      | upper.case
                    U__doubled__twice__   | doubled_twice_
                    U__plain              | plain
                    U__padded_00002e_     | padded.
                    U___10ffff_           | \uDBFF\uDFFF
                    U___d7ff__e000_       | \uD7FF\uE000
                    """)
    void valuesAreUndone(String escaped, String name) {
        assertThat(VALUES.unescapeMetricName(escaped)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing after the prefix, U__",
        "a single underscore, U__a_",
        "a single underscore after a double one, U__a__b_",
        "no closing underscore, U__a_2e",
        "no hexadecimal digit, U__a_2g_",
        "seven digits, U__a_000002e_",
        "past the last code point, U__a_110000_",
        "the first surrogate, U__a_D800_",
        "the last surrogate, U__a_dfff_",
        "no legacy name, U__a.b",
        "no legacy name and no prefix, a.b",
        "empty, ''",
    })
    void valuesThatEscapingCannotHaveMadeAreNotUndone(String what, String escaped) {
        assertThat(VALUES.unescapeMetricName(escaped)).as(what).isEmpty();
    }

    @Test
    void anUnpairedSurrogateCountsAsReplacementCharacter() {
        assertThat(UNDERSCORES.escapeMetricName("a\uD800")).isEqualTo("a_");
        assertThat(DOTS.escapeMetricName("a\uD800")).isEqualTo("a__");
        assertThat(VALUES.escapeMetricName("a\uD800")).isEqualTo("U__a_fffd_");
    }

    @ParameterizedTest
    @EnumSource
    void emptyStaysEmpty(EscapingScheme scheme) {
        assertThat(scheme.escapeMetricName("")).isEmpty();
        assertThat(scheme.escapeLabelName("")).isEmpty();
    }

    @Test
    void valuesRoundTripForAllNamesButLegacyOnesThatBeginLikeEscapedOnes() {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_NAMES; i++) {
            String name = randomName(random);
            if (!name.startsWith("U__") || !Names.isLegacyMetricName(name)) {
                assertThat(VALUES.unescapeMetricName(VALUES.escapeMetricName(name)))
                        .as("metric name, seed %d", SEED)
                        .contains(name);
            }
            if (!name.startsWith("U__") || !Names.isLegacyLabelName(name)) {
                assertThat(VALUES.unescapeLabelName(VALUES.escapeLabelName(name)))
                        .as("label name, seed %d", SEED)
                        .contains(name);
            }
        }
    }

    @Test
    void dotsRoundTripForNamesOfDotsAndLegacyCharacters() {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_NAMES; i++) {
            String name = "a" + pick(random, "a", "_", "dot", "_dot_", ".", ":", "0") + "."
                    + pick(random, "a", "_", "dot", "_dot_", ".", ":", "0");
            assertThat(DOTS.unescapeMetricName(DOTS.escapeMetricName(name)))
                    .as("seed %d", SEED)
                    .contains(name);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOW_UTF_8")
    void escapedNamesAreLegacyNames(EscapingScheme scheme) {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_NAMES; i++) {
            String name = randomName(random);
            assertThat(Names.isLegacyMetricName(scheme.escapeMetricName(name)))
                    .as("metric name %s, seed %d", name, SEED)
                    .isTrue();
            assertThat(Names.isLegacyLabelName(scheme.escapeLabelName(name)))
                    .as("label name %s, seed %d", name, SEED)
                    .isTrue();
        }
    }

    /** Pieces that schemes write themselves come often, so that names look escaped before they are. */
    private static String randomName(Random random) {
        return pick(random, "U__", "_", "__", "_dot_", "_2e_", "a", "Z", "7", ":", ".", "\u0000")
                + Character.toString(randomScalar(random))
                + pick(random, "U__", "_", "2e", "f", "é", "😱", " ");
    }

    private static String pick(Random random, String... pieces) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(5); left > 0; left--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static int randomScalar(Random random) {
        int scalar;
        do {
            scalar = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
        } while (scalar >= Character.MIN_SURROGATE && scalar <= Character.MAX_SURROGATE);
        return scalar;
    }
}
