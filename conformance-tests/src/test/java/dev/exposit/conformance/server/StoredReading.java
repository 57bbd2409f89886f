package dev.exposit.conformance.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.exposit.conformance.server.Stored.Bucket;
import dev.exposit.conformance.server.Stored.Exemplar;
import dev.exposit.conformance.server.Stored.Histogram;
import dev.exposit.conformance.server.Stored.Metadata;
import dev.exposit.conformance.server.Stored.Sample;
import dev.exposit.conformance.server.Stored.Series;
import dev.exposit.model.Labels;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the HTTP API of a Prometheus server says that it stored of a page. */
final class StoredReading {
    /** What the server adds to each scrape. */
    private static final Set<String> OWN = Set.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added");

    private static final Set<String> OWN_LABELS = Set.of("__name__", "job", "instance");

    private static final int ATTEMPTS = 50;

    private final PrometheusServer server;
    private final String selector;

    StoredReading(PrometheusServer server, String page) {
        this.server = server;
        this.selector = "{instance=\"" + page + "\"}";
    }

    /**
     * The newest sample of each series, in the order of their text. One name at a time: Prometheus 2.42 answers a range of
     * integer histograms with the float histogram that it found before, whatever its name.
     */
    Map<String, Sample> samples() throws Exception {
        Set<String> names = new TreeSet<>();
        for (JsonNode series : server.api("series", "match[]", selector)) {
            names.add(series.get("__name__").asText());
        }
        names.removeAll(OWN);
        Map<String, Sample> samples = new TreeMap<>();
        for (String name : names) {
            for (JsonNode series :
                    server.api("query", "query", name + selector + "[10m]").get("result")) {
                samples.put(series(series.get("metric")).toString(), newest(series));
            }
        }
        return samples;
    }

    private static Sample newest(JsonNode series) {
        boolean isHistogram = series.has("histograms");
        JsonNode points = series.get(isHistogram ? "histograms" : "values");
        JsonNode point = points.get(points.size() - 1);
        return new Sample(isHistogram ? histogram(point.get(1)) : (Object) number(point.get(1)), millis(point.get(0)));
    }

    private static Histogram histogram(JsonNode json) {
        List<Bucket> buckets = new ArrayList<>();
        for (JsonNode bucket : json.path("buckets")) {
            int ends = bucket.get(0).asInt(); // 0: the upper one belongs to it, 1: the lower one, 2: neither, 3: both.
            buckets.add(new Bucket(
                    ends == 1 || ends == 3,
                    number(bucket.get(1)),
                    number(bucket.get(2)),
                    ends == 0 || ends == 3,
                    number(bucket.get(3))));
        }
        return new Histogram(number(json.get("count")), number(json.get("sum")), buckets);
    }

    /** All exemplars, by series and time. */
    List<Exemplar> exemplars() throws Exception {
        List<Exemplar> exemplars = new ArrayList<>();
        for (JsonNode group : server.api("query_exemplars", "query", selector, "start", "0", "end", "9999999999")) {
            Series series = series(group.get("seriesLabels"));
            for (JsonNode exemplar : group.get("exemplars")) {
                exemplars.add(new Exemplar(
                        series,
                        labels(exemplar.get("labels"), Set.of()),
                        number(exemplar.get("value")),
                        millis(exemplar.get("timestamp"))));
            }
        }
        return exemplars;
    }

    /** What is known of the families, in any order. */
    List<Metadata> metadata() throws Exception {
        List<Metadata> families = new ArrayList<>();
        for (JsonNode family : server.api("targets/metadata", "match_target", selector)) {
            families.add(new Metadata(
                    family.get("metric").asText(),
                    family.get("type").asText(),
                    family.get("help").asText(),
                    family.get("unit").asText()));
        }
        return families;
    }

    /**
     * The one number that an expression has, in which {@code $} stands for what selects the page. A scrape that was late hides
     * its series until the next one.
     */
    double evaluate(String expression) throws Exception {
        String query = expression.replace("$", selector.substring(1, selector.length() - 1));
        JsonNode result = server.api("query", "query", query).get("result");
        for (int i = 0; i < ATTEMPTS && result.isEmpty(); i++) {
            Thread.sleep(200);
            result = server.api("query", "query", query).get("result");
        }
        if (result.size() != 1) {
            throw new AssertionError(query + ": " + result);
        }
        return number(result.get(0).get("value").get(1));
    }

    private static Series series(JsonNode labels) {
        return new Series(labels.get("__name__").asText(), labels(labels, OWN_LABELS));
    }

    private static Labels labels(JsonNode json, Set<String> without) {
        Map<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : json.properties()) {
            if (!without.contains(label.getKey())) {
                labels.put(label.getKey(), label.getValue().asText());
            }
        }
        return Labels.of(labels);
    }

    private static double number(JsonNode text) {
        return switch (text.asText()) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.asText());
        };
    }

    /** Milliseconds, of seconds with a point. */
    private static long millis(JsonNode seconds) {
        return new BigDecimal(seconds.asText()).movePointRight(3).longValueExact();
    }
}
