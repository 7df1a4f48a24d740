package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_total",
                "a_total{job=\"b\", c=~\"d{2}|e\"}",
                "sum by (b, c) (rate(a_total{d='e}'}[5m])) > 0.25",
                "sum (increase(a_total[1h] offset 10m)) without (b) >= bool 1e3",
                "max_over_time(a_total[$__rate_interval]) or vector(0)",
                "histogram_quantile(0.99, a_total) == Inf",
                "a_total / on (job) group_left (b) a_total",
                "a_total / ignoring(job) group_left a_total"
            })
    void findsAMetric(String expression) {
        assertEquals(Set.of("a_total"), PromQl.metrics(expression));
    }

    @Test
    void findsEveryMetric() {
        assertEquals(
                Set.of("a", "b:c", "d_2", "e"),
                PromQl.metrics("sum(a) + sum(rate(b:c{f=\"g\"}[3m])) > 0\n  and\nd_2 unless (e offset 10m)"));
    }
}
