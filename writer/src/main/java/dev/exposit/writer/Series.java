package dev.exposit.writer;

import dev.exposit.model.Labels;

/**
 * What tells a series from others.
 *
 * @param name the sample's name
 * @param labels all of the sample's labels
 */
record Series(String name, Labels labels) {}
