/**
 * Conversion of any readable exposition format into any writable one in bounded memory, scraping of URLs, and JSON.
 */
@NullMarked
package dev.exposit.convert;

import org.jspecify.annotations.NullMarked;
