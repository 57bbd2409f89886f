package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Outline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds what writers make of generated sets, byte for byte, to digests on record: the exposition, its report, and the exception
 * where a loss is refused, with what reached the sink by then. A change that only makes writers faster changes none of them; one
 * that is meant to change the output records them anew with {@code -Dexposit.update=true}.
 */
class RecordedExpositionsTest {
    private static final Path RECORD =
            Path.of("src", "test", "resources", "dev", "exposit", "writer", "recorded-expositions.txt");
    private static final int SMALL_SETS = 600;
    private static final int LARGE_SETS = 60;

    @Test
    void writesWhatIsOnRecord() throws IOException {
        List<String> lines = Arrays.stream(ExpositionFormat.values())
                .filter(ExpositionWriter::canWrite)
                .flatMap(format -> Stream.of(
                        format.id() + " small " + digest(format, SMALL_SETS, RecordedExpositionsTest::small),
                        format.id() + " large " + digest(format, LARGE_SETS, seed -> new LargeSets(seed).next())))
                .toList();
        if (Boolean.getBoolean("exposit.update")) {
            Files.createDirectories(RECORD.getParent());
            Files.write(RECORD, lines);
        }
        assertThat(lines)
                .as("what was made of the same sets before; record anew with -Dexposit.update=true if that is meant")
                .isEqualTo(Files.readAllLines(RECORD));
    }

    private static MetricSet small(int seed) {
        return new MetricSetGenerator(seed, seed % 2 == 0).next();
    }

    private interface Sets {
        MetricSet of(int seed);
    }

    private static String digest(ExpositionFormat format, int seeds, Sets sets) {
        SeriesBlocks blocks = SeriesBlocks.create();
        MessageDigest digest = sha256();
        for (int seed = 0; seed < seeds; seed++) {
            write(sets.of(seed), options(format, seed, blocks), seed, digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static WriteOptions options(ExpositionFormat format, int seed, SeriesBlocks blocks) {
        Random random = new Random(seed);
        return WriteOptions.builder(format)
                .escaping(random.nextBoolean() ? null : pick(random, EscapingScheme.values()))
                .onLoss(random.nextInt(4) == 0 ? LossPolicy.FAIL : LossPolicy.REPORT)
                .startTimestamps(pick(random, StartTimestamps.values()))
                .nativeHistograms(pick(random, NativeHistograms.values()))
                .heldBytes(random.nextInt(3) == 0 ? random.nextInt(2000) : WriteOptions.DEFAULT_HELD_BYTES)
                .seriesBlocks(random.nextInt(3) == 0 ? blocks : null)
                .build();
    }

    private static <T> T pick(Random random, T[] from) {
        return from[random.nextInt(from.length)];
    }

    /** Writes a set as one, family by family, or in pieces. */
    private static void write(MetricSet set, WriteOptions options, int seed, MessageDigest digest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteOptions announced = options.toBuilder().outline(Outline.of(set)).build();
        ExpositionWriter writer = ExpositionWriter.open(out, seed % 3 == 2 ? announced : options);
        try (writer) {
            write(set, seed, writer);
        } catch (LossRefusedException | IOException e) {
            digest.update(bytes(e.toString()));
        }
        digest.update(bytes(writer.losses().toString()));
        digest.update(out.toByteArray());
    }

    private static void write(MetricSet set, int seed, ExpositionWriter to) throws IOException {
        if (seed % 3 == 0) {
            to.write(set);
            return;
        }
        for (MetricFamily family : set) {
            for (FamilyPart part : seed % 3 == 1 ? List.of(FamilyPart.whole(family)) : pieces(family, seed)) {
                to.write(part);
            }
        }
    }

    private static List<FamilyPart> pieces(MetricFamily family, int seed) {
        int size = family.metrics().size();
        int pieces = Math.min(size, 1 + seed % 4);
        if (pieces < 2) {
            return List.of(FamilyPart.whole(family));
        }
        return IntStream.range(0, pieces)
                .mapToObj(i -> new FamilyPart(
                        new MetricFamily(
                                family.metadata(),
                                family.metrics().subList(size * i / pieces, size * (i + 1) / pieces)),
                        i == 0,
                        i == pieces - 1))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
