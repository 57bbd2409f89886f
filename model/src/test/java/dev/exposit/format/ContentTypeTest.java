package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

    @Test
    void partsOfAContentType() {
        ContentType type = ContentType.parse("Text/Plain; Version=1.0.0; charset=UTF-8; escaping=allow-utf-8; x=Y");

        assertThat(type.type()).isEqualTo("text");
        assertThat(type.subtype()).isEqualTo("plain");
        assertThat(type.mediaType()).isEqualTo("text/plain");
        assertThat(type.version()).contains("1.0.0");
        assertThat(type.charset()).contains("utf-8");
        assertThat(type.escaping()).contains(EscapingScheme.ALLOW_UTF_8);
        assertThat(type.parameter("X")).contains("Y");
        assertThat(type.parameters())
                .containsExactly(
                        entry("version", "1.0.0"),
                        entry("charset", "utf-8"),
                        entry("escaping", "allow-utf-8"),
                        entry("x", "Y"));
    }

    @Test
    void absentParametersAreEmpty() {
        ContentType type = ContentType.parse("text/plain");

        assertThat(type.parameters()).isEmpty();
        assertThat(type.version()).isEmpty();
        assertThat(type.charset()).isEmpty();
        assertThat(type.escaping()).isEmpty();
        assertThat(ContentType.parse("text/plain;escaping=Dots").escaping()).isEmpty();
    }

    /** Each header on the left is printed as the one on the right, and reads back as an equal content type. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    text/plain|text/plain
                    text/plain;version=0.0.4|text/plain; version=0.0.4
                     text/plain\t ;\t charset=utf-8 |text/plain; charset=utf-8
                    text/plain;|text/plain
                    text/plain; ;;a=b; ; c=d ;|text/plain; a=b; c=d
                    TEXT/PLAIN;A="b"|text/plain; a=b
                    a/b;c="d e"|a/b; c="d e"
                    a/b;c="\\d\\"\\\\"|a/b; c="d\\"\\\\"
                    a/b;c=""|a/b; c=""
                    a/b;c=";d=e,"|a/b; c=";d=e,"
                    a/b;c="\t"|a/b; c="\t"
                    a/b;c="é花"|a/b; c="é花"
                    a/b;c=d;C=d|a/b; c=d
                    !#$%&'*+-.^_/~09azAZ;q'=*|!#$%&'*+-.^_/~09azaz; q'=*
                    a/b;charset=ISO-8859-1|a/b; charset=iso-8859-1
                    """)
    void headersThatFollowTheGrammar(String header, String printed) {
        ContentType type = ContentType.parse(header);

        assertThat(type).hasToString(printed);
        assertThat(ContentType.parse(printed)).isEqualTo(type).hasSameHashCodeAs(type);
        assertThat(ContentType.tryParse(header)).contains(type);
    }

    /** The two that the table above uses for itself. */
    @Test
    void backticksAndBarsBelongToTokens() {
        assertThat(ContentType.parse("a`/b|;c=`|")).hasToString("a`/b|; c=`|");
    }

    /** The examples that RFC 9110 section 8.3.1 calls equivalent, and the order of parameters. */
    @Test
    void equality() {
        ContentType html = ContentType.parse("text/html;charset=utf-8");

        assertThat(ContentType.parse("Text/HTML;Charset=\"utf-8\"")).isEqualTo(html);
        assertThat(ContentType.parse("text/html; charset=\"utf-8\"")).isEqualTo(html);
        assertThat(ContentType.parse("text/html;charset=UTF-8")).isEqualTo(html);
        assertThat(ContentType.parse("a/b;c=1;d=2"))
                .isEqualTo(ContentType.parse("a/b;d=2;c=1"))
                .hasSameHashCodeAs(ContentType.parse("a/b;d=2;c=1"));

        assertThat(ContentType.parse("text/plain;charset=utf-8")).isNotEqualTo(html);
        assertThat(ContentType.parse("x/html;charset=utf-8")).isNotEqualTo(html);
        assertThat(ContentType.parse("text/html")).isNotEqualTo(html);
        assertThat(ContentType.parse("a/b;c=d")).isNotEqualTo(ContentType.parse("a/b;c=D"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                    | 0  | a type                   | the end
                    /plain                | 0  | a type                   | '/'
                    text                  | 4  | '/'                      | the end
                    text /plain           | 4  | '/'                      | ' '
                    text/                 | 5  | a subtype                | the end
                    text/ plain           | 5  | a subtype                | ' '
                    text/plain a          | 11 | ';' or the end           | 'a'
                    text/plain, text/html | 10 | ';' or the end           | ','
                    text/plain/x          | 10 | ';' or the end           | '/'
                    a/b;=c                | 4  | a parameter name         | '='
                    a/b;"c"=d             | 4  | a parameter name         | '"'
                    a/b;c                 | 5  | '='                      | the end
                    a/b;c =d              | 5  | '='                      | ' '
                    a/b;c=                | 6  | a parameter value        | the end
                    a/b;c= d              | 6  | a parameter value        | ' '
                    a/b;c=;               | 6  | a parameter value        | ';'
                    a/b;c=é               | 6  | a parameter value        | 'é'
                    a/b;c='d e'           | 9  | ';' or the end           | 'e'
                    a/b;c="d              | 8  | text or the closing '"' of a quoted string | the end
                    a/b;c="d\\            | 9  | text or the closing '"' of a quoted string | the end
                    a/b;c="d"e            | 9  | ';' or the end           | 'e'
                    a/b;c=d;C=e           | 8  | no second value for parameter c | 'C'
                    """)
    void headersThatDoNotFollowTheGrammar(String header, int position, String expected, String got) {
        assertThatExceptionOfType(InvalidContentTypeException.class)
                .isThrownBy(() -> ContentType.parse(header))
                .withMessage("expected " + expected + " but got " + got + " at position " + position
                        + " of content type \"" + header + '"')
                .satisfies(e -> {
                    assertThat(e.position()).isEqualTo(position);
                    assertThat(e.expected()).isEqualTo(expected);
                });
        assertThat(ContentType.tryParse(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001F", "\u007F"})
    void controlCharactersAreRefusedAndNotEchoed(String control) {
        assertThatExceptionOfType(InvalidContentTypeException.class)
                .isThrownBy(() -> ContentType.parse("a/b;c=\"" + control + "\""))
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain(control)
                        .contains(String.format("got '\\u%04x' at position 7", (int) control.charAt(0))));
        assertThat(ContentType.tryParse("a/b;c=\"\\" + control + "\"")).isEmpty();
        assertThat(ContentType.tryParse("a/b" + control)).isEmpty();
    }

    @Test
    void withReplacesInPlaceAndAppends() {
        ContentType type = ContentType.parse("text/plain; version=1.0.0; charset=utf-8");

        assertThat(type.with("escaping", "dots"))
                .hasToString("text/plain; version=1.0.0; charset=utf-8; escaping=dots");
        assertThat(type.with("VERSION", "0.0.4")).hasToString("text/plain; version=0.0.4; charset=utf-8");
        assertThat(type.with("charset", "UTF-16").charset()).contains("utf-16");
        assertThat(type.with("note", "a \"b\"")).hasToString(type + "; note=\"a \\\"b\\\"\"");
        assertThat(type).hasToString("text/plain; version=1.0.0; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''  | a
            a b | a
            a=  | a
            é   | a
            a   | '\n'
            a   | '\u007F'
            """)
    void withRefusesWhatCannotBePrinted(String name, String value) {
        ContentType type = ContentType.parse("text/plain");

        assertThatIllegalArgumentException().isThrownBy(() -> type.with(name, value));
    }
}
