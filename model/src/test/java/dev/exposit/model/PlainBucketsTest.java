package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.exposit.model.HistogramValue.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainBucketsTest {
    private static final LabelNumber[] BOUNDS = {
        LabelNumber.of(-0.0), new LabelNumber(1, "1.0"), LabelNumber.of(Double.POSITIVE_INFINITY)
    };

    private final PlainBuckets buckets = new PlainBuckets(BOUNDS, new double[] {1, 2.5, 4});

    @Test
    void isTheListOfItsBuckets() {
        List<Bucket> objects = List.of(
                new Bucket(BOUNDS[0], 1, null), new Bucket(BOUNDS[1], 2.5, null), new Bucket(BOUNDS[2], 4, null));
        assertThat(buckets).isEqualTo(objects).hasSameHashCodeAs(objects).hasToString(objects.toString());
        assertThat(objects).isEqualTo(buckets);
        assertThat(buckets.get(1).le().spelling()).isEqualTo("1.0");
        assertThat(buckets.bound(1)).isSameAs(BOUNDS[1]);
        assertThat(buckets.cumulativeCount(1)).isEqualTo(2.5);
    }

    @Test
    void aHistogramTakesItAsItIs() {
        HistogramValue histogram = new HistogramValue(4.0, 7.0, buckets, null);
        assertThat(histogram.buckets()).isSameAs(buckets);
        HistogramValue copied = new HistogramValue(4.0, 7.0, List.copyOf(buckets), null);
        assertThat(histogram).isEqualTo(copied).hasSameHashCodeAs(copied).hasToString(copied.toString());
        assertThat(histogram.quantile(0.5)).isEqualTo(copied.quantile(0.5));
    }

    @Test
    void boundsAreSharedByTheSameArray() {
        assertThat(buckets.sharesBounds(new PlainBuckets(BOUNDS, new double[3])))
                .isTrue();
        assertThat(buckets.sharesBounds(new PlainBuckets(BOUNDS.clone(), new double[3])))
                .isFalse();
    }

    @Test
    void refusesOtherThanOneCountForEachBound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlainBuckets(BOUNDS, new double[2]));
    }
}
