package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.Loss.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossReportTest {

    private final LossReport.Collector collector = new LossReport.Collector();

    @Test
    void nothingLost() {
        assertThat(collector.report()).isEqualTo(LossReport.none()).hasToString("");
        assertThat(LossReport.none().isEmpty()).isTrue();
        assertThat(LossReport.none().losses()).isEmpty();
    }

    @Test
    void casesOfOneFamilyAndKindAreOneEntryWithTheFirstDetail() {
        collector.add(Kind.UNIT, "b", "first");
        collector.add(Kind.TYPE, "b", "type");
        collector.add(Kind.UNIT, "a", "unit");
        collector.add(Kind.UNIT, "b", "second");
        collector.add(Kind.UNIT, "b", "third");

        LossReport report = collector.report();

        assertThat(report.losses())
                .containsExactly(
                        new Loss(Kind.UNIT, "b", "first", 3),
                        new Loss(Kind.TYPE, "b", "type", 1),
                        new Loss(Kind.UNIT, "a", "unit", 1));
        assertThat(report.total()).isEqualTo(5);
        assertThat(report.isEmpty()).isFalse();
        assertThat(report).hasToString("""
                b: first (3 times)
                b: type
                a: unit""");
    }

    /** Else a name could make lines that look like other entries. */
    @Test
    void aNameThatNeedsQuotesHasThem() {
        collector.add(Kind.NAME, "a\nb: c", "escaped");
        assertThat(collector.report()).hasToString("\"a\\nb: c\": escaped");
    }

    @Test
    void entriesAreBoundedAndCasesBeyondAreCountedAndSaid() {
        int bound = LossReport.Collector.MAX_ENTRIES;
        for (int i = 0; i < bound + 7; i++) {
            collector.add(Kind.EXEMPLAR, "f" + i, "left out");
        }
        // An entry that is held goes on counting; one beyond is never held.
        collector.add(Kind.EXEMPLAR, "f0", "left out");
        collector.add(Kind.EXEMPLAR, "f" + bound, "left out");

        LossReport report = collector.report();

        assertThat(report.losses()).hasSize(bound);
        assertThat(report.losses().get(0)).isEqualTo(new Loss(Kind.EXEMPLAR, "f0", "left out", 2));
        assertThat(report.losses().get(bound - 1).family()).isEqualTo("f" + (bound - 1));
        assertThat(report.total()).isEqualTo(bound + 9);
        assertThat(report.toString())
                .startsWith("f0: left out (2 times)\nf1: left out\n")
                .endsWith("\nf9999: left out\nand in further places (8 times)");
    }

    @Test
    void aReportDoesNotChangeWhenItsCollectorGoesOn() {
        collector.add(Kind.HELP, "a", "left out");
        LossReport report = collector.report();
        collector.add(Kind.HELP, "a", "left out");
        assertThat(report).isEqualTo(new LossReport(List.of(new Loss(Kind.HELP, "a", "left out", 1)), 1));
        assertThat(collector.report().total()).isEqualTo(2);
    }

    @Test
    void copiesItsEntries() {
        List<Loss> losses = new ArrayList<>(List.of(new Loss(Kind.HELP, "a", "left out", 1)));
        LossReport report = new LossReport(losses, 1);
        losses.clear();
        assertThat(report.losses()).hasSize(1);
        assertThatThrownBy(() -> report.losses().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesNullParts() {
        assertThatNullPointerException().isThrownBy(() -> collector.add(null, "a", "x"));
        assertThatNullPointerException().isThrownBy(() -> collector.add(Kind.HELP, null, "x"));
        assertThatNullPointerException().isThrownBy(() -> collector.add(Kind.HELP, "a", null));
    }
}
