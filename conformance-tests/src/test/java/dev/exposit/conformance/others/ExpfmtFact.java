package dev.exposit.conformance.others;

import dev.exposit.format.ExpositionFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that prometheus/common writes or reads, and the families that it is made from or made into.
 *
 * @param name a name for it
 * @param format the format of the text
 * @param text the text
 * @param families the families, as our model spells them
 * @param finding what keeps us from reading the text to these families, or null if nothing does
 */
record ExpfmtFact(
        String name,
        ExpositionFormat format,
        String text,
        String families,
        @Nullable ExpfmtFinding finding) {
    private static final String EOF = "# EOF\n";

    static final List<ExpfmtFact> ALL = List.of(
            // ---- OpenMetrics 1.0
            openMetrics1("counter with start", """
                    # HELP a Help.
                    # TYPE a counter
                    a_total 42.0
                    a_created 12345.6
                    """, """
                    a_total counter "Help."
                      {} 42.0 since 12345.6""", null),
            openMetrics1("counter", "# TYPE a counter\na_total 42.0\n", """
                    a_total counter
                      {} 42.0""", null),
            openMetrics1("counter without suffix", """
                    # HELP a two-line\\n text with \\\\ and \\"
                    # TYPE a unknown
                    a{l="1",m="x"} 42.0
                    a{l="2",m="x"} 0.23 1.23456789e+06
                    """, """
                    a counter "two-line\\n text with \\\\ and \\""
                      {l="1",m="x"} 42.0
                      {l="2",m="x"} 0.23 at 1234567.89""", ExpfmtFinding.COUNTER_AS_UNKNOWN),
            openMetrics1("dots in names", """
                    # HELP "a.b" Help.
                    # TYPE "a.b" gauge
                    {"a.b","l.m"="x"} +Inf
                    """, """
                    "a.b" gauge "Help."
                      {"l.m"="x"} Infinity""", ExpfmtFinding.QUOTED_IN_1),
            openMetrics1("gauge", """
                    # TYPE a gauge
                    a{l="new\\nline",m="back\\\\slash and \\"quotes\\""} +Inf
                    a{l="Björn",m="佖佥"} 3.14e+42
                    """, """
                    a gauge
                      {l="new\\nline",m="back\\\\slash and \\"quotes\\""} Infinity
                      {l="Björn",m="佖佥"} 3.14E42""", null),
            openMetrics1("unknown", "# TYPE a unknown\na -Inf\na{l=\"1\"} -1.23e-45\n", """
                    a unknown
                      {} -Infinity
                      {l="1"} -1.23E-45""", null),
            openMetrics1("summary with start", """
                    # TYPE a summary
                    a{l="1",quantile="0.5"} 1.0
                    a{l="1",quantile="0.99"} 0.0
                    a_sum{l="1"} 2010.1971
                    a_count{l="1"} 4711
                    a_created{l="1"} 12345.6
                    """, """
                    a summary
                      {l="1"} summary(count=4711.0, sum=2010.1971, quantiles=[0.5: 1.0, 0.99: 0.0]) since 12345.6""", null),
            openMetrics1(
                    "summary below zero",
                    "# TYPE a summary\na{quantile=\"0.5\"} -1.23\na_sum -3.4\na_count 42\n",
                    """
                    a summary
                      {} summary(count=42.0, sum=-3.4, quantiles=[0.5: -1.23])""",
                    ExpfmtFinding.SUMMARY_BELOW_ZERO),
            openMetrics1("histogram with unit and start", """
                    # TYPE a_microseconds histogram
                    # UNIT a_microseconds microseconds
                    a_microseconds_bucket{le="100.0"} 123
                    a_microseconds_bucket{le="172.8"} 1524
                    a_microseconds_bucket{le="+Inf"} 2693
                    a_microseconds_sum 1.7560473e+06
                    a_microseconds_count 2693
                    a_microseconds_created 12345.6
                    """, """
                    a_microseconds histogram in microseconds
                      {} histogram(count=2693.0, sum=1756047.3, buckets=[100.0: 123.0, 172.8: 1524.0, +Inf: 2693.0]) since\
                     12345.6""", null),
            openMetrics1("histogram with exemplars", """
                    # TYPE a histogram
                    a_bucket{le="120.0"} 412 # {l="x"} 119.9 12345.6
                    a_bucket{le="144.0"} 592 # {l="y",m="z"} 140.14
                    a_bucket{le="+Inf"} 2693
                    a_sum 1.7560473e+06
                    a_count 2693
                    """, """
                    a histogram
                      {} histogram(count=2693.0, sum=1756047.3, buckets=[120.0: 412.0 # {l="x"} 119.9 12345.6, 144.0: 592.0 #\
                     {l="y",m="z"} 140.14, +Inf: 2693.0])""", null),
            openMetrics1(
                    "no metric",
                    "# HELP a_seconds Help.\n# TYPE a_seconds counter\n# UNIT a_seconds seconds\n",
                    """
                    a_seconds_total counter in seconds "Help.\"""",
                    null),
            openMetrics1(
                    "unit that is not in the name",
                    "# TYPE a counter\n# UNIT a seconds\na_total 42.0\n",
                    """
                    a_total counter in seconds
                      {} 42.0""",
                    ExpfmtFinding.UNIT_NOT_IN_NAME),
            openMetrics1("gauge histogram", """
                    # TYPE a gaugehistogram
                    a_bucket{le="100.0"} 123
                    a_bucket{le="+Inf"} 2693
                    a_sum 1.7560473e+06
                    a_count 2693
                    """, """
                    a gaugehistogram
                      {} histogram(count=2693.0, sum=1756047.3, buckets=[100.0: 123.0, +Inf: 2693.0])""", ExpfmtFinding.GAUGE_HISTOGRAM_SUFFIXES),
            // ---- OpenMetrics 2.0
            openMetrics2(
                    "counter with start",
                    "# TYPE a_total counter\na_total{l=\"1\"} 1027 st@1234567890.987654321\n",
                    """
                    a_total counter
                      {l="1"} 1027.0 since 1234567890.987654321""",
                    null),
            openMetrics2(
                    "gauge with unit",
                    "# HELP a_bytes B.\n# TYPE a_bytes gauge\n# UNIT a_bytes bytes\na_bytes 1.2e+09\n",
                    """
                    a_bytes gauge in bytes "B."
                      {} 1.2E9""",
                    null),
            openMetrics2("gauge with timestamp", "# TYPE a gauge\na 1.2e+09 1234567890\n", """
                    a gauge
                      {} 1.2E9 at 1234567890""", null),
            openMetrics2("counter with exemplar", """
                    # TYPE a_total counter
                    a_total 1027 1234567891 st@1234567890 # {trace_id="1"} 1 1234567890.5
                    """, """
                    a_total counter
                      {} 1027.0 at 1234567891 since 1234567890 # {trace_id="1"} 1.0 1234567890.5""", null),
            openMetrics2(
                    "exemplar of NaN",
                    "# TYPE a_total counter\na_total 1 # {trace_id=\"1\"} NaN 1234567890\n",
                    """
                    a_total counter
                      {} 1.0 # {trace_id="1"} NaN 1234567890""",
                    null),
            openMetrics2("unknown", "# TYPE a unknown\na 1.23\n", """
                    a unknown
                      {} 1.23""", null),
            openMetrics2(
                    "names in UTF-8", "# TYPE \"你好_total\" counter\n{\"你好_total\",\"🌎\"=\"🌍\"} 1027\n", """
                    "你好_total" counter
                      {"🌎"="🌍"} 1027.0""", null),
            openMetrics2("no timestamp", "# TYPE a gauge\na 1 NaN\n", """
                    a gauge
                      {} 1.0""", ExpfmtFinding.TIMELESS_TIMESTAMPS),
            // ---- Prometheus text
            text(
                    "counter of NaN, and timestamp",
                    "# TYPE a counter\na{l=\"1\"} NaN\na{l=\"2\"} 0.23 1234567890\n",
                    """
                    a counter
                      {l="1"} NaN
                      {l="2"} 0.23 at 1234567.89""",
                    null),
            text("help and strings", """
                    # HELP a one\\ntwo\\nquo"te
                    # TYPE a gauge
                    a{l="new\\nline",m="\\\\ and \\"quotes\\""} +Inf
                    """, """
                    a gauge "one\\ntwo\\nquo\\"te"
                      {l="new\\nline",m="\\\\ and \\"quotes\\""} Infinity""", null),
            text("dots in names", "# TYPE \"a.b\" gauge\n{\"a.b\",\"l.m\"=\"x\",\"n*o\"=\"佖佥\"} 3.14e+42\n", """
                    "a.b" gauge
                      {"l.m"="x","n*o"="佖佥"} 3.14E42""", null),
            text("untyped", "# TYPE a untyped\na -Inf\na{l=\"1\"} -1.23e-45\n", """
                    a unknown
                      {} -Infinity
                      {l="1"} -1.23E-45""", null),
            text(
                    "summary",
                    "# TYPE a summary\na{quantile=\"0.5\"} -1.23\na{quantile=\"0.99\"} 0\na_sum -3.4\na_count 42\n",
                    """
                    a summary
                      {} summary(count=42.0, sum=-3.4, quantiles=[0.5: -1.23, 0.99: 0.0])""",
                    null),
            text("float histogram", """
                    # TYPE a histogram
                    a_bucket{le="100"} 123.123
                    a_bucket{le="+Inf"} 2693.123
                    a_sum 1.7560473e+06
                    a_count 2693.123
                    """, """
                    a histogram
                      {} histogram(count=2693.123, sum=1756047.3, buckets=[100: 123.123, +Inf: 2693.123])""", null),
            text(
                    "gauge histogram",
                    "# TYPE a histogram\na_bucket{le=\"+Inf\"} 3\na_sum 1.5\na_count 3\n",
                    """
                    a gaugehistogram
                      {} histogram(count=3.0, sum=1.5, buckets=[+Inf: 3.0])""",
                    ExpfmtFinding.GAUGE_HISTOGRAM_AS_HISTOGRAM),
            // ---- Prometheus text, as it reads it
            text("blanks", " # HELP  a  \tdoc str\"ing 2\n  #    TYPE    a gauge\na{ l = \"1\" , }-Inf\n", """
                    a gauge "doc str\\"ing 2"
                      {l="1"} -Infinity""", null),
            text("samples without metadata", "\na 1.5\nb -3e3 103948\n# Even so:\nc{} 3\n", """
                    a unknown
                      {} 1.5
                    b unknown
                      {} -3000.0 at 103.948
                    c unknown
                      {} 3.0""", null),
            text(
                    "labels in two orders",
                    "# TYPE a summary\na_count{m=\"2\",n=\"1\"} 20\na{n=\"1\",m=\"2\",quantile=\".3\"} -1.2\n",
                    """
                    a summary
                      {m="2",n="1"} summary(count=20.0, sum=null, quantiles=[.3: -1.2])""",
                    null),
            text(
                    "histogram without +Inf",
                    "# TYPE a histogram\na_bucket{le=\"1\"} 123\na_sum 1.5\na_count 2693.9\n",
                    """
                    a histogram
                      {} histogram(count=2693.9, sum=1.5, buckets=[1: 123.0])""",
                    null),
            text(
                    "escapes in names",
                    "# TYPE \"a\\\"b\\nc\\\\\" counter\n{\"a\\\"b\\nc\\\\\",\"l\\\"m\\n\"=\"x\"} 1\n",
                    """
                    "a\\"b\\nc\\\\" counter
                      {"l\\"m\\n"="x"} 1.0""",
                    null),
            text("escaped quote in help", "# HELP a quo\\\"te\n# TYPE a gauge\na 1\n", """
                    a gauge "quo\\"te"
                      {} 1.0""", ExpfmtFinding.HELP_QUOTE),
            text(
                    "timestamps of a summary",
                    "# TYPE a summary\na_count 42 1000\na_sum 4711 2000\n",
                    """
                    a summary
                      {} summary(count=42.0, sum=4711.0, quantiles=[]) at 2""",
                    ExpfmtFinding.LATEST_TIMESTAMP));

    private static ExpfmtFact openMetrics1(String name, String text, String families, @Nullable ExpfmtFinding finding) {
        return new ExpfmtFact(name, ExpositionFormat.OPENMETRICS_1, text + EOF, families, finding);
    }

    private static ExpfmtFact openMetrics2(String name, String text, String families, @Nullable ExpfmtFinding finding) {
        return new ExpfmtFact(name, ExpositionFormat.OPENMETRICS_2, text + EOF, families, finding);
    }

    private static ExpfmtFact text(String name, String text, String families, @Nullable ExpfmtFinding finding) {
        return new ExpfmtFact(name, ExpositionFormat.PROMETHEUS_TEXT, text, families, finding);
    }

    @Override
    public String toString() {
        return format.id() + ": " + name;
    }
}
