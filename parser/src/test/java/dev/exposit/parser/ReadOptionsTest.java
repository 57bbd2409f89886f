package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ContentType;
import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {
    private final ReadOptions defaults = ReadOptions.defaults();

    @Test
    void theDefaultsFollowTheSpecificationUpToTheFirstError() {
        assertThat(defaults.format()).isNull();
        assertThat(defaults.dialect()).isEqualTo(Dialect.SPEC);
        assertThat(defaults.recovery()).isEqualTo(Recovery.THROW);
        assertThat(defaults.limits()).isEqualTo(ReadLimits.defaults());
        assertThat(defaults.names()).isNull();
        assertThat(defaults.lastLineFeedOptional()).isFalse();
        assertThat(defaults.unescaping()).isNull();
    }

    @Test
    void eachWithChangesItsOwn() {
        Consumer<Problem> listener = problem -> {};
        ReadLimits limits = ReadLimits.defaults().with(ReadLimits.Limit.PROBLEMS, 3);
        ReadOptions changed = defaults.withFormat(ExpositionFormat.OPENMETRICS_1)
                .withDialect(Dialect.PROMETHEUS)
                .withRecovery(Recovery.SKIP_FAMILY)
                .withLimits(limits)
                .withNames(Set.of("a"))
                .withProblemListener(listener)
                .withLastLineFeedOptional(true)
                .withUnescaping(EscapingScheme.VALUES);
        assertThat(changed)
                .isEqualTo(new ReadOptions(
                        ExpositionFormat.OPENMETRICS_1,
                        Dialect.PROMETHEUS,
                        Recovery.SKIP_FAMILY,
                        limits,
                        Set.of("a"),
                        listener,
                        true,
                        EscapingScheme.VALUES));
        assertThat(changed.withNames(null).names()).isNull();
        assertThat(changed.withFormat(null).format()).isNull();
        assertThat(defaults).isEqualTo(ReadOptions.defaults());
    }

    @Test
    void aSchemeThatCannotBeUndoneIsRefused() {
        assertThatThrownBy(() -> defaults.withUnescaping(EscapingScheme.UNDERSCORES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not with underscores");
        assertThatThrownBy(() -> defaults.withUnescaping(EscapingScheme.ALLOW_UTF_8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(defaults.withUnescaping(EscapingScheme.DOTS)
                        .withUnescaping(null)
                        .unescaping())
                .isNull();
    }

    @Test
    void aResponseThatIsEscapedIsNotUnescapedUnasked() {
        assertThat(ReadOptions.of(ContentType.parse("text/plain; version=1.0.0; escaping=values"))
                        .unescaping())
                .isNull();
    }

    @Test
    void namesAreCopied() {
        Set<String> names = new HashSet<>(List.of("a"));
        ReadOptions options = defaults.withNames(names);
        names.add("b");
        assertThat(options.names()).containsExactly("a");
    }

    @Test
    void theFormatOfAContentType() {
        assertThat(ReadOptions.of(ContentType.parse("text/plain")).format())
                .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
        assertThat(ReadOptions.of(ContentType.parse("text/plain; version=0.0.4"))
                        .format())
                .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT_0_0_4);
        assertThat(ReadOptions.of(ContentType.parse("application/openmetrics-text"))
                        .format())
                .isEqualTo(ExpositionFormat.OPENMETRICS_1);
        assertThat(ReadOptions.of(ContentType.parse("text/html")).format()).isNull();
    }
}
