package dev.exposit.conformance.graphite;

import dev.exposit.conformance.Outside;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent to real servers, as Prometheus text. */
final class Scrapes {
    private Scrapes() {}

    /** By a short name each: one that is hard on Graphite, and one of node_exporter's where there is the folder. */
    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> scrapes = new LinkedHashMap<>();
        scrapes.put("hostile", Files.readAllBytes(Resources.file("hostile.prom")));
        for (var folder : Outside.sharedIfThere("corpus/scraped")) {
            scrapes.put("node", Files.readAllBytes(folder.resolve("node_exporter__none.prom")));
        }
        return scrapes;
    }
}
