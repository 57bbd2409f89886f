package dev.exposit.convert;

/** How the families of an exposition stand in JSON. Reading tells them apart by itself. */
public enum JsonForm {
    /** As the elements of one array, each on a line of its own; the form of prom2json. */
    ARRAY,
    /** One after the other, each on a line of its own (JSON lines): who reads need not wait for the end. */
    LINES
}
