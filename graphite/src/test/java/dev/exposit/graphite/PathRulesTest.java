package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.exposit.graphite.PathRules.Dots;
import dev.exposit.graphite.PathRules.Escaping;
import dev.exposit.graphite.PathRules.NonAscii;
import dev.exposit.graphite.PathRules.Overlong;
import org.junit.jupiter.api.Test;

class PathRulesTest {
    private static final PathRules DEFAULTS = PathRules.defaults();

    @Test
    void eachMethodChangesOneThing() {
        PathRules changed = DEFAULTS.withEscaping(Escaping.UNDERSCORE)
                .withNonAscii(NonAscii.ESCAPE)
                .withDots(Dots.KEEP)
                .withEmptyValue("-")
                .withOverlong(Overlong.DROP)
                .withMaxTagBytes(100)
                .withMaxComponentBytes(200)
                .withMaxPathBytes(1_000);

        assertThat(changed)
                .isEqualTo(new PathRules(
                        Escaping.UNDERSCORE, NonAscii.ESCAPE, Dots.KEEP, "-", Overlong.DROP, 100, 200, 1_000));
        assertThat(changed.withEmptyValue(null).emptyValue()).isNull();
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withEmptyValue(""))
                .withMessageContaining("emptyValue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxTagBytes(63))
                .withMessage("maxTagBytes must be at least 64, got 63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxComponentBytes(63))
                .withMessage("maxComponentBytes must be at least 64, got 63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxPathBytes(506))
                .withMessage("maxPathBytes must be at least 507, got 506");
    }
}
