package dev.exposit.conformance.graphite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line as a bridge writes it, in a form in which those of two bridges can be compared.
 *
 * @param path without the tags
 * @param tags in the alphabet's order, as the Go client's bridge has them in any
 * @param value however it is spelled
 * @param time {@code NOW} for the time of the push, else seconds since the epoch
 */
record PushedLine(String path, Set<String> tags, double value, String time) {
    /** The lines in a text; timestamps from a second on, given in seconds since the epoch, are {@code NOW}. */
    static List<PushedLine> parse(String text, long begin) {
        List<PushedLine> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(parseLine(line, begin));
            }
        }
        return lines;
    }

    private static PushedLine parseLine(String line, long begin) {
        int value = line.lastIndexOf(' ', line.lastIndexOf(' ') - 1);
        String[] numbers = line.substring(value + 1).split(" ", -1);
        List<String> path = Arrays.asList(line.substring(0, value).split(";", -1));
        boolean now = numbers[1].equals("NOW") || Long.parseLong(numbers[1]) >= begin;
        return new PushedLine(
                path.get(0), new TreeSet<>(path.subList(1, path.size())), number(numbers[0]), now ? "NOW" : numbers[1]);
    }

    /** A number as Go's, Python's or our bridge spells it. */
    private static double number(String text) {
        return switch (text) {
            case "inf", "+Inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
