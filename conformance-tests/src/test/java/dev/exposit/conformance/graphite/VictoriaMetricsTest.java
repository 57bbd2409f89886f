package dev.exposit.conformance.graphite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * That {@link VictoriaMetrics} tells what it keeps, and what it makes of lines otherwise than carbon: what the bridge's test
 * must know.
 */
class VictoriaMetricsTest {
    @Test
    void keepsMostAsCarbonDoes() throws Exception {
        try (VictoriaMetrics victoria = VictoriaMetrics.start()) {
            long now = System.currentTimeMillis() / 1000;
            Map<String, String> lines = new LinkedHashMap<>();
            Map<String, Double> expected = new LinkedHashMap<>();
            // Paths are names and tags are labels, whatever characters they have.
            lines.put("plain.a-b/c:d.", "1");
            expected.put("plain.a-b/c:d.", 1.0);
            lines.put("tags;z=1;a=\u00e9;x^y=a=b;q=\"\\", "-2.5");
            expected.put("tags;a=\u00e9;q=\"\\;x^y=a=b;z=1", -2.5);
            lines.put("open{a=\"b\"}", "3");
            expected.put("open{a=\"b\"}", 3.0);
            lines.put("unicode\u00a0space\u2028", "4");
            expected.put("unicode\u00a0space\u2028", 4.0);
            lines.put("tag;name=x", "5");
            expected.put("tag;name=x", 5.0);
            // What is no tag is left out, and what has no value too.
            lines.put("empty;a=;b=x", "6");
            expected.put("empty;b=x", 6.0);
            lines.put("broken;b", "7");
            expected.put("broken", 7.0);
            // A tag __name__ takes the name's place.
            lines.put("lost;__name__=name", "8");
            expected.put("name", 8.0);
            // 29 tags at most.
            lines.put("many" + tags(40), "9");
            expected.put("many" + tags(29), 9.0);
            // 14 digits of what is no integer, 10^-300 is less than it wants, and NaN is nothing.
            lines.put("integer", "9007199254740991");
            expected.put("integer", 9007199254740991.0);
            lines.put("digits", "123456.78901234567");
            expected.put("digits", 123456.78901234);
            lines.put("large", "1.7976931348623157e+308");
            lines.put("infinite", "+Inf");
            expected.put("infinite", Double.POSITIVE_INFINITY);
            lines.put("small", "5e-324");
            expected.put("small", 0.0);
            lines.put("nothing", "NaN");

            String text = lines.entrySet().stream()
                    .map(line -> line.getKey() + " " + line.getValue() + " " + now + "\n")
                    .collect(Collectors.joining());
            CarbonCacheTest.send(victoria.port(), text.getBytes(UTF_8));
            CarbonCacheTest.datagram(victoria.port(), "udp;a=b 1.5 %1$d\nudp.c 2 %1$d".formatted(now));
            expected.put("udp;a=b", 1.5);
            expected.put("udp.c", 2.0);

            Map<String, Received> series = victoria.series(expected.size() + 1);

            double large = series.get("large").value();
            assertThat(large).isNotEqualTo(Double.MAX_VALUE).isGreaterThan(1.7976e308);
            expected.put("large", large);
            assertThat(series.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            expected.forEach(
                    (name, value) -> assertThat(series).as(name).containsEntry(name, new Received(now, value)));
        }
    }

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(";t%02d=v"::formatted).collect(Collectors.joining());
    }
}
