package dev.exposit.model;

/**
 * What a metric measured at one point. Which kind belongs to which {@link MetricType}:
 *
 * <table>
 * <caption>values by type</caption>
 * <tr><td>counter, gauge, unknown</td><td>{@link NumberValue}</td></tr>
 * <tr><td>histogram, gauge histogram</td><td>{@link HistogramValue}</td></tr>
 * <tr><td>summary</td><td>{@link SummaryValue}</td></tr>
 * <tr><td>info</td><td>{@link InfoValue}</td></tr>
 * <tr><td>stateset</td><td>{@link StateSetValue}</td></tr>
 * <tr><td>any</td><td>{@link RawValue}, for a sample that did not fit the type</td></tr>
 * </table>
 */
public sealed interface Value permits NumberValue, HistogramValue, SummaryValue, InfoValue, StateSetValue, RawValue {}
