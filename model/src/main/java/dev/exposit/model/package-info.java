/**
 * The immutable data model that every format is read into and written from: metric sets, families, metrics, points and
 * values, together with locations, problems and loss reports.
 *
 * <p>Everything public here is immutable, safe for use by several threads and compared by value.
 */
@NullMarked
package dev.exposit.model;

import org.jspecify.annotations.NullMarked;
