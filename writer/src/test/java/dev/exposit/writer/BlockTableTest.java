package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockTableTest {
    private final Labels first = Labels.of("a", "1");
    private final Labels second = Labels.of("a", "2");
    private final Labels third = Labels.of("a", "3");
    private final BlockTable table = new BlockTable(1 << 20);

    /** An exposition of these label sets; answers which were known. */
    private boolean[] exposition(BlockTable of, Labels... written) {
        boolean[] known = new boolean[written.length];
        of.begin();
        for (int i = 0; i < written.length; i++) {
            byte[] block = of.find(written[i]);
            known[i] = block != null;
            if (block == null) {
                add(of, written[i]);
            } else {
                assertThat(block).asString(StandardCharsets.UTF_8).isEqualTo(written[i].toString());
            }
        }
        of.end();
        return known;
    }

    private static void add(BlockTable to, Labels labels) {
        TextOutput out = TextOutput.inMemory();
        try {
            out.text("before");
            int since = out.length();
            out.text(labels.toString());
            to.add(labels, out, since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void knowsWhatWasAdded() {
        assertThat(exposition(table, first, second, first)).containsExactly(false, false, true);
        assertThat(exposition(table, first, second, first)).containsExactly(true, true, true);
        assertThat(exposition(table, second, third, first)).containsExactly(true, false, true);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void equalSetsThatAreOtherObjectsAreNotKnown() {
        exposition(table, first);
        assertThat(exposition(table, Labels.of("a", "1"))).containsExactly(false);
        assertThat(exposition(table, first)).containsExactly(true);
    }

    @Test
    void forgetsWhatTwoExpositionsDidNotHave() {
        exposition(table, first, second, third);
        exposition(table, third);
        assertThat(table.size()).isEqualTo(3);
        exposition(table, third);
        assertThat(table.size()).isOne();
        assertThat(exposition(table, first, second, third)).containsExactly(false, false, true);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void expositionsThatTakeTurnsKeepTheirs() {
        for (int i = 0; i < 5; i++) {
            exposition(table, first, second);
            exposition(table, third);
        }
        assertThat(exposition(table, first, second, third)).containsExactly(true, true, true);
    }

    @Test
    void anExpositionThatFailedMakesNothingOld() {
        exposition(table, first);
        for (int i = 0; i < 5; i++) {
            table.begin();
            table.find(second);
        }
        assertThat(exposition(table, first)).containsExactly(true);
    }

    @Test
    void takesNoMoreThanItsLimit() {
        BlockTable small = new BlockTable(200);
        assertThat(exposition(small, first, second, third)).containsExactly(false, false, false);
        assertThat(exposition(small, first, second, third)).containsExactly(true, true, false);
        assertThat(small.size()).isEqualTo(2);
        exposition(small, third);
        exposition(small, third);
        // There is room again.
        assertThat(exposition(small, third)).containsExactly(false);
        assertThat(exposition(small, third)).containsExactly(true);
    }

    @Test
    void knowsManyInAnyOrder() {
        List<Labels> many = IntStream.range(0, 1000)
                .mapToObj(i -> Labels.of("a", "" + i))
                .collect(Collectors.toCollection(ArrayList::new));
        Random random = new Random(1);
        exposition(table, many.toArray(Labels[]::new));
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(many, random);
            boolean[] known = exposition(table, many.toArray(Labels[]::new));
            boolean[] all = new boolean[known.length];
            Arrays.fill(all, true);
            assertThat(known).isEqualTo(all);
        }
        exposition(table, many.subList(0, 10).toArray(Labels[]::new));
        exposition(table, many.subList(0, 10).toArray(Labels[]::new));
        assertThat(table.size()).isEqualTo(10);
        boolean[] known = exposition(table, many.toArray(Labels[]::new));
        assertThat(known[9]).isTrue();
        assertThat(known[10]).isFalse();
        assertThat(table.size()).isEqualTo(1000);
    }
}
