package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so what it repeats must agree with what the parent says. */
class BomTest {
    /** Modules nobody depends on from outside, and the reference parsers, which users never see. */
    private static final List<String> NOT_PUBLISHED = List.of("bom", "grammar", "conformance-tests", "jmh");

    private final Document parent = pom("pom.xml");
    private final Document bom = pom("bom/pom.xml");

    @Test
    void namesEveryLibraryOnce() {
        List<String> libraries = texts(parent, "/project/modules/module").stream()
                .filter(module -> !NOT_PUBLISHED.contains(module))
                .map(module -> "exposit-" + module)
                .toList();
        assertThat(texts(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(libraries);
    }

    @Test
    void hasTheVersionOfTheParent() {
        assertThat(texts(bom, "/project/version")).hasSize(1).isEqualTo(texts(parent, "/project/version"));
    }

    @Test
    void formatsWithTheFormatterOfTheParent() {
        assertThat(texts(bom, "//plugin[artifactId='spotless-maven-plugin']/version"))
                .hasSize(1)
                .isEqualTo(texts(parent, "/project/properties/spotless-maven-plugin.version"));
    }

    private static Document pom(String path) {
        Path file = Path.of(System.getProperty("exposit.root"), path);
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (Exception e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    private static List<String> texts(Document document, String xpath) {
        try {
            NodeList nodes =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(xpath, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent().strip())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError("cannot evaluate " + xpath, e);
        }
    }
}
