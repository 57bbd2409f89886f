package dev.exposit.model;

/** A sum that keeps what rounding takes away and adds it at the end (Neumaier's form of Kahan's summation). */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double number) {
        double next = sum + number;
        if (Double.isInfinite(next)) {
            lost = 0;
        } else if (Math.abs(sum) >= Math.abs(number)) {
            lost += (sum - next) + number;
        } else {
            lost += (number - next) + sum;
        }
        sum = next;
    }

    double value() {
        return sum + lost;
    }
}
