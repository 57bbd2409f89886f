package dev.exposit.jmh;

import java.util.List;
import java.util.SplittableRandom;

/** Made-up values of labels and samples; the same seed gives the same ones. */
final class RandomText {
    private static final String HEX = "0123456789abcdef";
    /** Those that Kubernetes makes the ends of pods' names of. */
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private final SplittableRandom random;

    RandomText(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    String hex(int length) {
        return characters(HEX, length);
    }

    String safe(int length) {
        return characters(SAFE, length);
    }

    String uuid() {
        return hex(8) + '-' + hex(4) + '-' + hex(4) + '-' + hex(4) + '-' + hex(12);
    }

    private String characters(String of, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    /** Mostly 0 and 1, else up to a million, or a time. */
    double integer() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> 1;
            case 3, 4 -> 0;
            case 5 -> random.nextInt(100);
            case 6 -> random.nextInt(1_000_000);
            default -> 1_700_000_000 + random.nextInt(90_000_000);
        };
    }

    /** A number with 15 to 17 digits. */
    double longFloat() {
        double scale = POWERS[random.nextInt(POWERS.length)];
        return random.nextDouble() * scale;
    }

    private static final double[] POWERS = {1e-3, 1, 1, 1e3, 1e6, 1e9};
}
