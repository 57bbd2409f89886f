/**
 * Conversion of any readable exposition format into any writable one in bounded memory, and scraping of URLs.
 */
@NullMarked
package dev.exposit.convert;

import org.jspecify.annotations.NullMarked;
