/*
 * Prometheus text, versions 0.0.4 and 1.0.0: "Prometheus Text Format" of the exposition formats. The specification has an
 * EBNF for the lines that describe samples only; the rules above them put its sentences into the same form, each with the
 * section it comes from. Version 1.0.0 is 0.0.4 with quoted names, so 0.0.4 is what has no QUOTED name: no
 * quoted_metric_name and no quoted_label_name.
 *
 * What characters alone cannot show is checked where families are built ("Comments, help text, and type information",
 * "Grouping and sorting"): which line may stand once only, which lines belong together, which numbers are too large.
 */
parser grammar PrometheusText;

import Core;

options {
    tokenVocab = Characters;
}

/*
 * "Lines are separated by a line feed character. The last line must end with a line feed character. Empty lines are
 * ignored." (Details)
 */
exposition : (line LF)* EOF ;

/* "Leading and trailing whitespace is ignored." (Line format) */
line : blanks (help | type | comment | sample)? ;

/* "Tokens can be separated by any number of blanks and/or tabs" (Line format) */
blanks : blank* ;

/* "… and must be separated by at least one if they would otherwise merge" (Line format) */
gap : blank+ ;

blank : SP | TAB ;

// ---- Comments, help text, and type information

/*
 * "If the token is HELP, at least one more token is expected, which is the metric name. All remaining tokens are considered
 * the docstring." Blanks behind the docstring are part of it: it may contain any sequence of characters.
 */
help : HASH blanks 'H' 'E' 'L' 'P' gap metadata_name (gap docstring)? ;

/* "If the token is TYPE, exactly two more tokens are expected." */
type : HASH blanks 'T' 'Y' 'P' 'E' gap metadata_name gap metric_type blanks ;

/* "Metric names not corresponding to the legacy Prometheus metric name character set must be quoted and escaped." */
metadata_name : metric_name | quoted_metric_name ;

metric_type
    : 'c' 'o' 'u' 'n' 't' 'e' 'r'
    | 'g' 'a' 'u' 'g' 'e'
    | 'h' 'i' 's' 't' 'o' 'g' 'r' 'a' 'm'
    | 's' 'u' 'm' 'm' 'a' 'r' 'y'
    | 'u' 'n' 't' 'y' 'p' 'e' 'd'
    ;

/*
 * "HELP lines may contain any sequence of UTF-8 characters, but the backslash and the line feed characters have to be
 * escaped." A backslash that escapes nothing has but one reading in a text for people, so it stands for itself and is worth
 * a warning. The docstring begins where the blanks before it end.
 */
docstring : (not_blank any*)? ;

/*
 * "Lines with a # as the first non-whitespace character are comments … unless the first token after # is either HELP or
 * TYPE." That is all words but two, spelled out, since a grammar has no other way to say "but".
 */
comment
    : HASH blanks
    | HASH blanks ~('H' | 'T' | SP | TAB | LF | CRLF) any*
    | HASH blanks 'H' (~('E' | LF | CRLF) any*)?
    | HASH blanks 'H' 'E' (~('L' | LF | CRLF) any*)?
    | HASH blanks 'H' 'E' 'L' (~('P' | LF | CRLF) any*)?
    | HASH blanks 'H' 'E' 'L' 'P' not_blank any*
    | HASH blanks 'T' (~('Y' | LF | CRLF) any*)?
    | HASH blanks 'T' 'Y' (~('P' | LF | CRLF) any*)?
    | HASH blanks 'T' 'Y' 'P' (~('E' | LF | CRLF) any*)?
    | HASH blanks 'T' 'Y' 'P' 'E' not_blank any*
    ;

any : ~(LF | CRLF) ;
not_blank : ~(SP | TAB | LF | CRLF) ;

// ---- Samples: the EBNF

/*
 * metric_name_or_labels value [ timestamp ]
 *
 * A value may stand right behind a brace. Right behind a name only one with a sign: others would merge with the name, or,
 * as in "a.5", be taken by every reader for a name with a dot in it.
 */
sample
    : metric_name blanks labels_in_braces blanks value (gap timestamp)? blanks
    | metric_name gap value (gap timestamp)? blanks
    | metric_name signed_value (gap timestamp)? blanks
    | name_and_labels_in_braces blanks value (gap timestamp)? blanks
    ;

/* metric_name_or_labels = metric_name [ "{" labels "}" ] | "{" quoted_metric_name [ "," labels ] "}" */
labels_in_braces : '{' blanks labels '}' ;
name_and_labels_in_braces : '{' blanks quoted_metric_name blanks (COMMA blanks labels)? '}' ;

metric_name : metric_name_initial_char metric_name_char* ;

quoted_metric_name : DQUOTE escaped_string_non_empty DQUOTE ;

labels : label_pairs? ;

label_pairs : label_pair blanks (COMMA blanks label_pair blanks)* (COMMA blanks)? ;

label_pair : label_name blanks EQ blanks DQUOTE escaped_string DQUOTE ;

label_name : identifier | quoted_label_name ;

/* `"` escaped_string `"`; no name is empty. */
quoted_label_name : DQUOTE escaped_string_non_empty DQUOTE ;

/*
 * The EBNF has identifier for metric names as well. "Identifier carries the usual Prometheus expression language
 * restrictions", which let a colon stand in the name of a metric, not of a label.
 */
identifier : identifier_initial_char identifier_char* ;

identifier_initial_char : alpha | UNDERSCORE ;
identifier_char : identifier_initial_char | digit ;

metric_name_initial_char : alpha | UNDERSCORE | COLON ;
metric_name_char : metric_name_initial_char | digit ;

/*
 * "Any UTF-8 characters, but backslash, double-quote, and line feed must be escaped", as \\, \" and \n.
 */
escaped_string : escaped_char* ;
escaped_string_non_empty : escaped_char+ ;

escaped_char
    : ~(LF | CRLF | DQUOTE | BS)
    | BS (BS | DQUOTE | 'n')
    ;

/*
 * "A float represented as required by Go's ParseFloat()", as that was when the format was made: before Go 1.13 brought
 * hexadecimal floats and underscores. It takes no sign before NaN.
 */
value : signed_value | number ;

signed_value : sign number_but_nan ;

number : number_but_nan | nan ;

number_but_nan
    : digit+ (DOT digit*)? exponent?
    | DOT digit+ exponent?
    | infinity
    ;

exponent : ('e' | 'E') sign? digit+ ;

infinity : ('i' | 'I') ('n' | 'N') ('f' | 'F') (('i' | 'I') ('n' | 'N') ('i' | 'I') ('t' | 'T') ('y' | 'Y'))? ;

nan : ('n' | 'N') ('a' | 'A') ('n' | 'N') ;

sign : PLUS | MINUS ;

/* "An int64 (milliseconds since epoch …), represented as required by Go's ParseInt()" */
timestamp : sign? digit+ ;
